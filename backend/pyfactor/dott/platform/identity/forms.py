"""What sign-up asks for beyond address and password. allauth builds its own form on top of this one."""

from django import forms
from django.http import HttpRequest

from dott.platform.identity.actions.tenants import create_tenant
from dott.platform.identity.models import User


class SignupForm(forms.Form):
    """A person's name, from which her business gets its first one."""

    name = forms.CharField(max_length=120)

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth's hook, after the user is saved: name her and give her a business of her own."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        create_tenant(owner=user, name=provisional_name(user.name))


def provisional_name(person: str) -> str:
    """The name of a business until its owner gives it one."""
    ending = "’s business"
    return person[: 120 - len(ending)] + ending
