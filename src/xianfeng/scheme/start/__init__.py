"""Starting a scheme: a skeleton, or what an office's task-decomposition table (任务分解表) already says."""

from xianfeng.scheme.start.table import Doubt, Task, Tasks, tasks_in
from xianfeng.scheme.start.text import Heading, leads, skeleton, span, text_of

__all__ = ["Doubt", "Heading", "Task", "Tasks", "leads", "skeleton", "span", "tasks_in", "text_of"]
