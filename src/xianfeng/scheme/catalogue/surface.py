"""Wordings of faults in YAML, files, keys and single values."""

from __future__ import annotations

from xianfeng.scheme.catalogue.wording import Wording

WORDINGS = {
    # YAML
    "yaml_syntax": Wording(
        "YAML 写法有误：{problem}。",
        "The YAML cannot be read: {original}.",
        "改正后再检查一次；一个文件一次只能报出第一处语法错误。",
        "Mend it and check again; of syntax faults only the first of a file can be told.",
    ),
    "yaml_tab": Wording("缩进里有制表符。", "There is a tab in the indentation.", "改用空格。", "Use spaces."),
    "yaml_character": Wording(
        "文件里有 YAML 不允许的控制字符。", "A control character that YAML forbids.", "删掉它。", "Delete it."
    ),
    "yaml_misleading": Wording(
        "文字里有改变阅读方向或控制设备的字符。",
        "A character that turns the direction of reading or controls a machine.",
        "删掉它；它看不见，多半是从网页粘贴带来的。",
        "Delete it: it cannot be seen and mostly comes along when text is pasted from a page.",
    ),
    "yaml_too_large": Wording(
        "文件超过 {limit} 个字符。",
        "The file is longer than {limit} characters.",
        "拆成几个文件，用 include 引用。",
        "Split it; use include.",
    ),
    "yaml_too_deep": Wording("嵌套太深。", "Nested too deeply.", "检查括号和缩进。", "Check brackets and indentation."),
    "yaml_alias": Wording(
        "不能用锚点（&）和引用（*）。",
        "Anchors (&) and aliases (*) are not allowed.",
        "把内容写出来；文字里有 & 或 * 时加引号。",
        "Write the content out; quote a text that begins with & or *.",
    ),
    "yaml_tag": Wording(
        "不能用标签（!）。", "Tags (!) are not allowed.", "文字以 ! 开头时加引号。", "Quote a text that begins with !."
    ),
    "yaml_merge": Wording(
        "不能用合并键（<<）。",
        "Merge keys (<<) are not allowed.",
        "把内容写出来，或用 include。",
        "Write it out, or use include.",
    ),
    "yaml_key": Wording(
        "键只能是文字。", "A key must be a plain text.", "检查括号和问号。", "Check brackets and question marks."
    ),
    "yaml_duplicate_key": Wording(
        "键“{key}”写了两次，第一次在第 {first} 行。",
        "The key '{key}' stands twice, first in line {first}.",
        "删掉一处，或改名。",
        "Delete or rename one.",
    ),
    "yaml_several_documents": Wording(
        "一个文件里有几份文档（---）。", "Several documents (---) in one file.", "分成几个文件。", "Split the file."
    ),
    "yaml_empty": Wording(
        "文件是空的。", "The file is empty.", "从 xianfeng scheme new 开始。", "Begin with xianfeng scheme new."
    ),
    "yaml_no_table": Wording(
        "最外层要写成“键: 值”。", "The top level must be a table of 'key: value'.", "对照样例。", "Compare the example."
    ),
    # files
    "file_missing": Wording(
        "找不到文件 {path}。", "The file {path} cannot be found.", "检查路径和大小写。", "Check path and case."
    ),
    "not_utf8": Wording(
        "文件 {path} 不是 UTF-8 编码。", "The file {path} is not UTF-8.", "另存为 UTF-8。", "Save it as UTF-8."
    ),
    "outside_folder": Wording(
        "{path} 在活动文件夹之外。",
        "{path} lies outside the scheme's folder.",
        "活动的文件都放在它自己的文件夹里。",
        "Keep all files of a scheme in its own folder.",
    ),
    "unknown_library": Wording(
        "没有名为 {path} 的通用台账库。", "There is no library named {path}.", "现有：{known}。", "There are: {known}."
    ),
    "include_cycle": Wording(
        "循环引用：{chain}。",
        "The files include each other in a circle: {chain}.",
        "去掉一处 include。",
        "Take one include out.",
    ),
    "too_many_files": Wording(
        "引用的文件超过 {limit} 个。", "More than {limit} files are included.", "合并一些文件。", "Merge some."
    ),
    "only_in_scheme": Wording(
        "“{key}”只能写在活动的主文件里。",
        "'{key}' belongs to the scheme's main file only.",
        "从被引用的文件里删掉它。",
        "Remove it here.",
    ),
    "nothing_to_drop": Wording(
        "被引用的台账里没有“{name}”，无从去掉。",
        "No included kind has '{name}', so it cannot be dropped.",
        "检查名称。",
        "Check the name.",
    ),
    # keys
    "unknown_key": Wording("不认识的键“{key}”。", "Unknown key '{key}'.", "这里可用：{keys}。", "Known here: {keys}."),
    "missing_key": Wording("缺少“{key}”（{what}）。", "'{key}' is missing.", "补上 {key}。", "Add {key}."),
    "not_in_this_version": Wording(
        "“{key}”一节在本版本中还没有。",
        "The section '{key}' is not in this version.",
        "先删掉这一节。",
        "Remove the section for now.",
    ),
    "unknown_version": Wording(
        "不认识语言版本 {text}。", "Unknown language version {text}.", "写 xianfeng: 1。", "Write xianfeng: 1."
    ),
    "not_a_table": Wording(
        "这里要写成“键: 值”的表。",
        "A table of 'key: value' belongs here.",
        "另起一行，缩进两格写 {like}；已经这样写的，检查缩进。",
        "Write {like} on a line of its own, indented; where it is written so, check the indentation.",
    ),
    "not_a_list": Wording(
        "这里要写成列表。",
        "A list belongs here.",
        "写成 [甲, 乙]，或每行一个“- ”。",
        "Write [a, b], or one '- ' a line.",
    ),
    "not_a_scalar": Wording(
        "这里要写{wanted}。",
        "Here belongs {wanted_en}.",
        "去掉括号或缩进的内容。",
        "Remove brackets or indented lines.",
    ),
    "empty_value": Wording(
        "冒号后面没有内容，这里要写{wanted}。",
        "Nothing stands here; it needs {wanted_en}.",
        "补上，或删掉这一行。",
        "Fill it in or delete the line.",
    ),
    "empty_table": Wording("这里至少要有一项。", "At least one item is needed here.", "补上一项。", "Add one."),
    "list_length": Wording(
        "列表要有 {least} 到 {most} 项。",
        "The list needs {least} to {most} items.",
        "增减几项。",
        "Add or remove items.",
    ),
    "bad_name": Wording(
        "“{name}”不能作名称。",
        "'{name}' cannot be a name.",
        "用字母（或汉字）开头，只含字母、汉字、数字和单个下划线，不超过 64 个字，不用 and、or、not 等保留字。",
        "Begin with a letter; letters, digits and single underscores, at most 64, no reserved word.",
    ),
    "bad_scheme_name": Wording(
        "活动代号“{text}”不合格式。",
        "'{text}' is not a scheme name.",
        "用小写字母、数字和连字符，如 fuzhou-2010。",
        "Use lower-case letters, digits, hyphens.",
    ),
    "bad_path": Wording(
        "“{text}”不能作文件路径。",
        "'{text}' is not a file's path.",
        "用 / 分隔，不含 \\ : * ? 等字符。",
        "Separate by /, without \\ : * ?.",
    ),
    # values
    "empty_text": Wording(
        "文字是空的。", "The text is empty.", "填上，或删掉这一行。", "Fill it in or delete the line."
    ),
    "text_too_long": Wording(
        "文字超过 {longest} 字。", "The text is longer than {longest} characters.", "缩短。", "Shorten it."
    ),
    "not_text": Wording(
        "这里要写文字，{text} 会被当作数字或真假值。",
        "A text belongs here; {text} reads as a number or a flag.",
        '加引号："{text}"。',
        'Quote it: "{text}".',
    ),
    "leading_zero": Wording(
        "{text} 以 0 开头：是编码还是数字？",
        "{text} begins with 0: a code or a number?",
        '编码要加引号："{text}"；数字去掉前面的 0。',
        "Quote a code; drop the zero of a number.",
    ),
    "not_a_flag": Wording(
        "这里要写 true 或 false，不是“{text}”。",
        "true or false belongs here, not '{text}'.",
        "不加引号。",
        "Without quotes.",
    ),
    "not_whole": Wording(
        "这里要写整数，不是“{text}”。",
        "A whole number belongs here, not '{text}'.",
        "不加引号、逗号和单位。",
        "Without quotes, commas and units.",
    ),
    "not_a_number": Wording(
        "这里要写数字，不是“{text}”。",
        "A number belongs here, not '{text}'.",
        "不加引号、逗号和单位，不超过 15 位。",
        "Without quotes, commas, units; at most 15 digits.",
    ),
    "out_of_range": Wording(
        "{text} 不在 {least} 到 {most} 之间。",
        "{text} is not between {least} and {most}.",
        "改成范围内的数。",
        "Choose one in the range.",
    ),
    "not_a_date": Wording("“{text}”不是日期。", "'{text}' is not a date.", "写成 2010-08-30。", "Write 2010-08-30."),
    "not_a_month_day": Wording(
        "“{text}”不是月-日。", "'{text}' is not a month and day.", "写成 07-01。", "Write 07-01."
    ),
    "no_such_day": Wording("没有 {text} 这一天。", "There is no day {text}.", "核对日期。", "Check the date."),
    "unknown_word": Wording("不认识“{text}”。", "Unknown word '{text}'.", "可用：{words}。", "One of: {words}."),
    "bad_span": Wording(
        "“{text}”不是时限。",
        "'{text}' is not a span of time.",
        "写成 5 workdays、3 days、30 work minutes。",
        "Write 5 workdays, 3 days, 30 work minutes.",
    ),
    "not_field_choice": Wording(
        "“{text}”不是“字段.选项”。",
        "'{text}' is not field.choice.",
        "例如 form.random。",
        "For example form.random.",
    ),
    "bad_size": Wording(
        "“{text}”看不出抽几个。",
        "'{text}' does not say how many are drawn.",
        "写个数（4），或百分之几（10%）。",
        "Write a number (4) or a share (10%).",
    ),
    "bad_rung": Wording(
        "“{text}”不是期限前后的一段时间。",
        "'{text}' is no time before or after a deadline.",
        "写成 3 workdays before、1 workday after。",
        "Write 3 workdays before, 1 workday after.",
    ),
    "not_kind_state": Wording(
        "“{text}”不是“台账.状态”。",
        "'{text}' is not kind.state.",
        "例如 rectification_notice.issued。",
        "For example rectification_notice.issued.",
    ),
    "bad_dating": Wording(
        "“{text}”不是日期口径。",
        "'{text}' is not a dating.",
        "写 date、entered(状态) 或日期字段名。",
        "Write date, entered(state) or a date field.",
    ),
    "not_kind_field": Wording(
        "“{text}”不是“台账.字段”。",
        "'{text}' is not kind.field.",
        "例如 key_project.investment。",
        "For example key_project.investment.",
    ),
    "bad_target": Wording(
        "“{text}”不能作目标。",
        "'{text}' cannot be a target.",
        "写数字、台账.字段或常数名。",
        "Write a number, kind.field or a constant.",
    ),
}
