// Starts Redoc on the schema that the page names. Its own fonts come from elsewhere, so it uses the system's.
"use strict";

const reader = document.getElementById("reader");
const systemFont = { fontFamily: "system-ui, sans-serif" };

window.Redoc.init(
  reader.dataset.schema,
  { theme: { typography: { ...systemFont, headings: systemFont } }, hideLogo: true },
  reader,
);
