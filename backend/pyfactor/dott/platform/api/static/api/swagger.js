// Starts Swagger UI on the schema that the page names. Requests it sends carry the CSRF token, as the
// API asks of every write; the token is fetched once per page.
"use strict";

const reader = document.getElementById("reader");
let token = null;

async function csrfToken() {
  if (token === null) {
    const response = await fetch("/api/auth/csrf/", { credentials: "same-origin" });
    token = (await response.json()).csrf_token;
  }
  return token;
}

window.SwaggerUIBundle({
  url: reader.dataset.schema,
  domNode: reader,
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: async (request) => {
    if (!["GET", "HEAD"].includes((request.method || "GET").toUpperCase())) {
      request.headers["X-CSRFToken"] = await csrfToken();
    }
    return request;
  },
});
