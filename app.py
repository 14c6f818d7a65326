"""`python app.py` runs everything on one machine; `app:app` is for WSGI servers."""

from lms.cli import main
from lms.factory import create_app

if __name__ == "__main__":
    main(["run"])
else:
    app = create_app()
