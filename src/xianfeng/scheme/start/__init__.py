"""Starting a scheme: a skeleton, or what an office's task-decomposition table (任务分解表) already says."""

from xianfeng.scheme.start.table import Task, Tasks, tasks_in
from xianfeng.scheme.start.text import Heading, skeleton, text_of

__all__ = ["Heading", "Task", "Tasks", "skeleton", "tasks_in", "text_of"]
