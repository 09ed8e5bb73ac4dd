"""What somebody brings as his own, as a kind says it: which of its fields hold what he asks, how it came in, who he is.

The rooms that take it, answer it and publish the answer go by these roles and never by a kind's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from xianfeng.scheme.types import FieldType

WAYS = ("web", "qr", "phone", "visit", "hotline", "import")  # how it can come in: the values of the field `via`


@dataclass(frozen=True, kw_only=True)
class Request:
    """The fields of a kind by what they hold; '' for what it does not keep."""

    text: str  # what is asked
    reply: str = ""  # the answer
    about: str = ""  # the record to which it objects
    sort: str = ""
    via: str = ""  # how it came in
    private: str = ""  # whether it is kept from the public
    hotline: str = ""  # its number at the hotline that passed it on
    name: str = ""  # of whoever asks
    phone: str = ""
    shown: tuple[str, ...] = ()  # what he reads of it by his code

    @property
    def roles(self) -> Mapping[str, str]:
        """Each field that has a role, by the role."""
        named = {role.name: getattr(self, role.name) for role in fields(self) if role.name != "shown"}
        return {role: name for role, name in named.items() if name}


TYPES: Mapping[str, frozenset[FieldType]] = MappingProxyType(
    {
        "text": frozenset({FieldType.LONG_TEXT, FieldType.TEXT}),
        "reply": frozenset({FieldType.LONG_TEXT, FieldType.TEXT}),
        "about": frozenset({FieldType.RECORD}),
        "sort": frozenset({FieldType.CHOICE}),
        "via": frozenset({FieldType.CHOICE}),
        "private": frozenset({FieldType.BOOLEAN}),
        "hotline": frozenset({FieldType.TEXT}),
        "name": frozenset({FieldType.TEXT}),
        "phone": frozenset({FieldType.TEXT}),
    }
)
PERSONAL = frozenset({"name", "phone"})  # the roles of fields that must be personal; all others must not
UNASKED = frozenset({"reply", "about", "hotline"})  # the roles of which whoever files by himself says nothing
ASKED = frozenset(  # the types of what he is asked besides: nothing that has to be looked up or sent
    set(FieldType)
    - {FieldType.PERSON, FieldType.ORGANISATION, FieldType.RECORD, FieldType.PLACE, FieldType.ATTACHMENTS}
)
