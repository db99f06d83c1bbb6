"""Settings of django-allauth: accounts by e-mail address, headless, for browsers only."""

ACCOUNT_ADAPTER = "dott.platform.identity.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "dott.platform.identity.forms.SignupForm"
ACCOUNT_USER_DISPLAY = "dott.platform.identity.adapter.display_name"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_UNIQUE_EMAIL = True
# Known and unknown addresses are answered alike; what differs is the mail.
ACCOUNT_PREVENT_ENUMERATION = "strict"

# Codes, typed into the page that asked for them: a mail scanner that follows links cannot spend them.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600  # seconds
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600  # seconds

ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = (
    False  # this session goes on under a new token; all others end (adapter.py)
)
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Counted by attempts.py, exactly and in the database; allauth would count in the cache of one process.
ACCOUNT_RATE_LIMITS = False

HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)

MFA_ADAPTER = "dott.platform.identity.factors.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
# This time step and a neighbour on each side: clocks differ, and people type slowly.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# A passkey proves possession and, by its gesture or PIN, the person: it may stand for the password, too.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = False  # as ACCOUNT_RATE_LIMITS
