/** What of a text field's style decides where its letters stand. */
const ALIKE = [
  "boxSizing",
  "width",
  "paddingTop",
  "paddingInlineStart",
  "paddingInlineEnd",
  "borderInlineStartWidth",
  "borderInlineEndWidth",
  "borderTopWidth",
  "direction",
  "fontFamily",
  "fontSize",
  "fontStyle",
  "fontWeight",
  "letterSpacing",
  "lineHeight",
  "tabSize",
  "textAlign",
] as const;

/** Where a character of a text field stands in the window: a copy of the field is measured. */
export function caretPlace(field: HTMLTextAreaElement, at: number): DOMRect {
  const copy = document.createElement("div");
  const style = getComputedStyle(field);
  for (const name of ALIKE) copy.style[name] = style[name];
  Object.assign(copy.style, {
    position: "absolute",
    insetBlockStart: "0",
    visibility: "hidden",
    overflowWrap: "break-word",
    whiteSpace: "pre-wrap",
  });
  copy.textContent = field.value.slice(0, at);
  const mark = document.createElement("span");
  mark.textContent = "@";
  copy.append(mark);
  document.body.append(copy);
  const own = copy.getBoundingClientRect();
  const found = mark.getBoundingClientRect();
  copy.remove();
  const box = field.getBoundingClientRect();
  return new DOMRect(
    box.x + found.x - own.x - field.scrollLeft,
    box.y + found.y - own.y - field.scrollTop,
    found.width,
    found.height,
  );
}
