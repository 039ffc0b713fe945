"""What gunicorn serves while it is measured: our application, and under ``/bare`` the least Flask can do."""

from flask import Flask, render_template_string
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from cultureassess.app import create_app

PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>{{ title }}</title><h1>{{ title }}</h1></html>"
)

bare = Flask("bare")


@bare.get("/")
def page() -> str:
    return render_template_string(PAGE, title="A bare page")


ours = create_app()
ours.config["RESPONDENT_VIEWS"] = (10**9, 10**9)  # the load is that of many people, and comes from few
app = DispatcherMiddleware(ours, {"/bare": bare})
