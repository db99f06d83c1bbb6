"""Settings of drf-spectacular, which makes openapi.yaml out of the serializers and views."""

SPECTACULAR_SETTINGS = {
    "TITLE": "Dott",
    "VERSION": "1",
    "DESCRIPTION": (
        "Customer management for small businesses.\n\n"
        "Every error is `application/problem+json`. Lists are keyset-paginated. Unknown fields and unknown "
        "or repeated query parameters are refused. Programs use an API key (docs/howto/use-the-api.md). "
        "With a session, writes need its CSRF token in `X-CSRFToken`; "
        "PUT, PATCH and DELETE of a record need its ETag in `If-Match`; a POST with an `Idempotency-Key` "
        "may be repeated safely for 24 hours."
    ),
    "LICENSE": {"name": "MIT", "identifier": "MIT"},
    "OAS_VERSION": "3.1.0",
    "SERVERS": [{"url": "/"}],
    "SCHEMA_PATH_PREFIX": "/api",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SERVE_INCLUDE_SCHEMA": False,
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "session": {"type": "apiKey", "in": "cookie", "name": "sid"},
            "apiKey": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "dott_key_…",
                "description": "Made by a member in Settings, API keys. The name beside it is the scope that "
                "the operation takes; a key never does what the role of its maker does not allow.",
            },
            "csrf": {
                "type": "apiKey",
                "in": "header",
                "name": "X-CSRFToken",
                "description": "From GET /api/auth/csrf/; bound to the session.",
            },
        }
    },
    "POSTPROCESSING_HOOKS": [
        # Not drf-spectacular's own hook, which turns choices into shared components: their names depend
        # on which other resources happen to have a field called `status`.
        "dott.platform.api.schema.drop_enum_ids",
        "dott.platform.api.schema.describe_errors",
    ],
}
