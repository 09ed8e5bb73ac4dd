"""The library's forms with the product's words on their fields."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

RULE = _("至少10个字符，不能全是数字，不能是常见的密码，也不要像用户名。")


def _labelled(form: forms.Form) -> None:
    """Its label says what an input is for; the library says so a second time within it."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignIn(LoginForm):  # type: ignore[misc] # untyped library
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _labelled(self)


class Again(ReauthenticateForm):  # type: ignore[misc] # untyped library
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _labelled(self)


class Password(ChangePasswordForm):  # type: ignore[misc] # untyped library
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = RULE
        self.fields["password2"].label = _("再输入一次新密码")
        _labelled(self)

    def clean_oldpassword(self) -> str:
        given: str = self.cleaned_data["oldpassword"]
        adapter = get_adapter()
        if not adapter.reauthenticate(self.user, given):
            raise adapter.validation_error("enter_current_password")
        return given


class Code(AuthenticateForm):  # type: ignore[misc] # untyped library
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("六位数字或备用码")
        _labelled(self)


class FirstCode(ActivateTOTPForm):  # type: ignore[misc] # untyped library
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("验证器上的六位数字")
        _labelled(self)


class Key(AddWebAuthnForm):  # type: ignore[misc] # untyped library
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("名称")
        if "passwordless" in self.fields:
            self.fields["passwordless"].help_text = ""


class KeyName(EditWebAuthnForm):  # type: ignore[misc] # untyped library
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("名称")
