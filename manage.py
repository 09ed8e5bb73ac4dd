#!/usr/bin/env python
"""Django's own commands (migrations, shell), for those who develop Xianfeng; everything else is `xianfeng`."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xianfeng.config.settings")
execute_from_command_line(sys.argv)
