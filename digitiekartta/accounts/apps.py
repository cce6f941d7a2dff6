from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "digitiekartta.accounts"
    label = "accounts"
