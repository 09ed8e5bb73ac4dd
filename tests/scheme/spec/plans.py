"""Plans by example: when each step has to begin and end, counted back by hand over the nation's calendar of 2012."""

from __future__ import annotations

import datetime as dt

from tests.scheme.spec.format import Spec, Table

TITLE = "倒排计划"
WORDS = (
    "一份倒排计划（`plans`）给一个台账（`for`）的记录排日子：从记录的完成期限（`until` 那个日期字段）往回排，"
    "每一步最迟哪天开始、哪天完成。一步最迟要在等它的步骤（写了 `after` 的）最早的开始以前完成；`takes` 是它要多久。"
    "休息日不开始也不完成。计划不存：改了期限或日历，随时重算。"
)
TARGET = dt.date(2012, 10, 12)
SPECS = (
    Spec(
        title="从期限往回排",
        words="`done` 说怎样算办完：本记录进入的状态，或者指向它的台账有了符合 `matching` 的记录。"
        "离最迟完成 `near` 以内、还没有办完的算临近，过了算超期。下面是完成期限 2012-10-12 的一条记录。",
        scheme="""
        kinds:
          key_project:
            title: 重点项目
            fields: {due: {type: date, title: 完成期限}}
            flow:
              initial: planned
              states: {planned: {title: 已立项}, building: {title: 在建}, finished: {title: 已完工, open: false}}
              moves:
                start: {title: 开工, from: planned, to: building, by: author}
                finish: {title: 完工, from: building, to: finished, by: author}
          project_progress:
            title: 项目进度
            fields:
              project: {type: record, title: 项目, of: key_project, required: true}
              stage: {type: choice, title: 环节, choices: {design: 设计, land: 征地}, required: true}
        plans:
          building:
            title: 重点项目倒排计划
            for: key_project
            until: due
            near: 3 workdays
            steps:
              design: {title: 设计, takes: 10 workdays, done: {kind: project_progress, matching: "stage == 'design'"}}
              land: {title: 征地, takes: 5 workdays, done: {kind: project_progress, matching: "stage == 'land'"}}
              start: {title: 开工, takes: 2 workdays, after: [design, land], done: building}
              build: {title: 施工和验收, takes: 1 month, after: start, done: finished}
        """,
        expected=Table.of("""
            步骤   | 最迟开始   | 最迟完成
            design | 2012-08-28 | 2012-09-10
            land   | 2012-09-04 | 2012-09-10
            start  | 2012-09-11 | 2012-09-12
            build  | 2012-09-13 | 2012-10-12
        """),
    ),
)
