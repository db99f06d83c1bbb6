// Starts Redoc on the schema that the page names. Its own fonts come from elsewhere, so it uses the system's.
"use strict";

const reader = document.getElementById("reader");
const systemFont = { fontFamily: "system-ui, sans-serif" };

window.Redoc.init(
  reader.dataset.schema,
  {
    // Its own scroll bars would need the inline style that the page's policy blocks.
    nativeScrollbars: true,
    theme: { typography: { ...systemFont, headings: systemFont } },
  },
  reader,
);
