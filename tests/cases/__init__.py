"""Tables that Python and JavaScript both run, and the browser that runs them for JavaScript."""
