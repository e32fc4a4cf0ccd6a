"""The names by which allauth finds its own pages; the first three are reader.people.urls' own once more."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.views.decorators.http import require_POST

from reader.people.views import by_mail, forgotten, truthful, with_password

PASSWORD, EMAIL, SECOND = "account/password/", "account/email/", "account/two-factor/"

urlpatterns = [
    path("sign-in/", truthful(account.login), name="account_login"),
    path("sign-up/", truthful(account.signup), name="account_signup"),
    path("sign-out/", require_POST(account.logout), name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", with_password(truthful(account.reauthenticate)), name="account_reauthenticate"),
    path(PASSWORD, with_password(truthful(account.password_change)), name="account_change_password"),
    path(f"{PASSWORD}forgotten/", forgotten, name="account_reset_password"),
    path(f"{PASSWORD}sent/", by_mail(account.password_reset_done), name="account_reset_password_done"),
    path(
        f"{PASSWORD}new/",
        by_mail(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        rf"^{PASSWORD}(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        by_mail(truthful(account.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
    path(EMAIL, with_password(by_mail(truthful(account.email))), name="account_email"),
    path(f"{EMAIL}sent/", by_mail(account.email_verification_sent), name="account_email_verification_sent"),
    re_path(rf"^{EMAIL}(?P<key>[-:\w]+)/$", by_mail(account.confirm_email), name="account_confirm_email"),
    path(SECOND, with_password(mfa.index), name="mfa_index"),
    path(f"{SECOND}sign-in/", truthful(mfa.authenticate), name="mfa_authenticate"),
    path(f"{SECOND}confirm/", with_password(truthful(mfa.reauthenticate)), name="mfa_reauthenticate"),
    path(f"{SECOND}app/", with_password(truthful(totp.activate_totp)), name="mfa_activate_totp"),
    path(f"{SECOND}app/remove/", with_password(truthful(totp.deactivate_totp)), name="mfa_deactivate_totp"),
    path(f"{SECOND}codes/", with_password(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        f"{SECOND}codes/new/",
        with_password(truthful(codes.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path(
        f"{SECOND}codes/download/",
        with_password(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
