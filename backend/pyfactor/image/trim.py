"""Takes out of an environment what the running product never reads; `python trim.py SITE_PACKAGES`.

Every line names a folder or pattern below site-packages and why nobody misses it. A pattern that
matches nothing stops the build: it would keep saying something that is no longer so.
"""

import shutil
import subprocess
import sys
from pathlib import Path

UNUSED = {
    # Country names in other languages are read, through one of pycountry's seven catalogues.
    "pycountry/locales/*/LC_MESSAGES/iso15924.mo": "scripts",
    "pycountry/locales/*/LC_MESSAGES/iso3166-2.mo": "subdivisions",
    "pycountry/locales/*/LC_MESSAGES/iso3166-3.mo": "former countries",
    "pycountry/locales/*/LC_MESSAGES/iso4217.mo": "currencies",
    "pycountry/locales/*/LC_MESSAGES/iso639-*.mo": "languages",
    "pycountry/tests": "tests",
    # Parsing, checking and formatting a number needs none of these.
    "phonenumbers/geodata": "which town a number belongs to",
    "phonenumbers/carrierdata": "which company",
    "phonenumbers/tzdata": "which time zone",
    # The API speaks English; the web half translates. (ENGLISH stays: Django wants its own catalogue.)
    "django/conf/locale/*/LC_MESSAGES": "translations of Django",
    "django/contrib/*/locale/*": "translations of its apps",
    "allauth/locale/*": "translations of allauth",
    "rest_framework/locale/*": "translations of DRF",
    "django_filters/locale/*": "translations of django-filter",
    # Apps that are not installed.
    "django/contrib/gis": "maps",
    "django/contrib/admin/static": "the admin's pages",
    "allauth/socialaccount/providers/*": "sign-in through a hundred other services",
    "rest_framework/static": "the browsable API",
    # Only editors and type checkers read them.
    "**/*.pyi": "type stubs",
    "**/py.typed": "marks of typed packages",
    # Source maps of the API's documentation pages.
    "drf_spectacular_sidecar/static/**/*.map": "source maps",
}
ENGLISH = "en"


def main(packages: Path) -> None:
    """Remove UNUSED and strip the debugging symbols of compiled modules."""
    for pattern, what in UNUSED.items():
        found = [path for path in packages.glob(pattern) if ENGLISH not in path.parts]
        if not found:
            sys.exit(f"trim.py: nothing matches {pattern} ({what}); take the line out or mend it.")
        for path in found:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    libraries = [*packages.rglob("*.so"), *packages.glob("*.libs/*.so*")]
    subprocess.run(["strip", "--strip-unneeded", *map(str, libraries)], check=True)  # noqa: S603, S607


if __name__ == "__main__":
    main(Path(sys.argv[1]))
