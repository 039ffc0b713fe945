"""The WSGI application: ``gunicorn wsgi:app``."""

from cultureassess.app import create_app

app = create_app()
