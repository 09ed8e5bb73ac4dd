"""The WSGI application that gunicorn serves."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xianfeng.config.settings")
# Pages ask beside each other, in threads and processes of their own: no question takes the cores of another.
os.environ.setdefault("XIANFENG_FIGURE_THREADS", "1")
# SQLite gives the interpreter away at every row, and gets it back from a thread that computes after an interval at the
# latest: a briefing that takes 115 ms alone took 580 beside one with Python's 5 ms, and 139 with this.
sys.setswitchinterval(0.0002)
application = get_wsgi_application()

from xianfeng.clockwork import worker  # noqa: E402 -- it needs the application
from xianfeng.web import warm  # noqa: E402 -- the same

warm.begin()
worker.begin_inside()
