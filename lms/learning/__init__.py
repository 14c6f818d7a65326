"""What each person reached: her path, lessons and quizzes on the screen, progress, completion.

It owns progress as a fold over what people did (`fold`, with its JavaScript twin), the rows in
which it is kept (`progressing`), and the learner's pages: home, lesson, quiz, finish.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register tables, handlers, pages and commands."""
    from lms.learning import handlers, models, published, rights, routes, shelf

    published.init_app(app)
    shelf.init_app(app)
    rights.register()
    app.register_blueprint(routes.bp)
    app.extensions["yachay.learning"] = (models, handlers)
