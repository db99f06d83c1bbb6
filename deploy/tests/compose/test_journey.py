"""A person's whole way through the shipped containers, in Chromium over TLS."""

import base64
import hashlib
import os
import subprocess
import threading

from stack import DEPLOY, Stack

FRONTEND = DEPLOY.parent / "frontend/pyfactor_next"
ISSUER = "/data/caddy/pki/authorities/local/intermediate.crt"


def test_sign_up_import_list_sign_out(stack: Stack) -> None:
    issuer = stack.folder / "intermediate.crt"
    stack.compose("cp", f"proxy:{ISSUER}", str(issuer))
    public = subprocess.run(
        ["openssl", "x509", "-in", str(issuer), "-noout", "-pubkey"], capture_output=True, check=True
    ).stdout
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-outform", "der"], input=public, capture_output=True, check=True
    ).stdout
    mail = stack.folder / "browser-mail"
    mail.mkdir()
    ended = threading.Event()

    def bring_mail() -> None:
        """Mail lies in a volume; the test in the browser reads a folder."""
        while not ended.wait(0.5):
            stack.compose("cp", "api:/var/lib/dott/mail/.", str(mail), check=False)

    postman = threading.Thread(target=bring_mail)
    postman.start()
    env = os.environ | {
        "CI": "1",
        "DOTT_E2E_URL": stack.door.origin,
        "DOTT_E2E_CERTIFICATE_KEY": base64.b64encode(hashlib.sha256(der).digest()).decode(),
        "DOTT_MAIL_DIR": str(mail),
    }
    try:
        argv = ["node_modules/.bin/playwright", "test", "--config", "e2e/shipped.config.ts"]
        done = subprocess.run(argv, cwd=FRONTEND, env=env, capture_output=True, text=True, timeout=240)
    finally:
        ended.set()
        postman.join()

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert "1 passed" in done.stdout
