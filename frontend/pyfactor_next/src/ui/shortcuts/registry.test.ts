import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { chooseKey, keysOf } from "./keys";
import { ShortcutRegistry, setShortcutsOff } from "./registry";

let registry: ShortcutRegistry;

beforeEach(() => {
  registry = new ShortcutRegistry();
});
afterEach(() => {
  setShortcutsOff(false);
  document.body.innerHTML = "";
  localStorage.clear();
});

function add(keys: string): ReturnType<typeof vi.fn> {
  const run = vi.fn();
  registry.add({ keys, label: keys, group: "test", run });
  return run;
}

function press(
  key: string,
  init: KeyboardEventInit & { at?: number; on?: Element } = {},
): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init });
  (init.on ?? document.body).addEventListener(
    "keydown",
    (e) => registry.handle(e as KeyboardEvent, init.at ?? 0),
    {
      once: true,
    },
  );
  (init.on ?? document.body).dispatchEvent(event);
  return event;
}

test("a key runs its action and is not typed anywhere", () => {
  const run = add("c");
  expect(press("c").defaultPrevented).toBe(true);
  expect(run).toHaveBeenCalledTimes(1);
});

test("a sequence needs both keys within a second", () => {
  const run = add("g c");
  press("g", { at: 1_000 });
  press("c", { at: 1_900 });
  expect(run).toHaveBeenCalledTimes(1);
  press("g", { at: 5_000 });
  press("c", { at: 6_100 });
  expect(run).toHaveBeenCalledTimes(1);
});

test("nothing is taken from a field, except with the modifier key", () => {
  const plain = add("/");
  const modified = add("mod+k");
  const input = document.body.appendChild(document.createElement("input"));
  press("/", { on: input });
  press("k", { on: input, ctrlKey: true });
  expect(plain).not.toHaveBeenCalled();
  expect(modified).toHaveBeenCalledTimes(1);
});

test("an open dialog keeps its single keys", () => {
  const run = add("c");
  document.body.innerHTML = '<div role="dialog"></div>';
  press("c");
  expect(run).not.toHaveBeenCalled();
});

test("the last one added wins, and the earlier one is back after it is gone", () => {
  const page = add("e");
  const panel = vi.fn();
  const remove = registry.add({ keys: "e", label: "e", group: "test", run: panel });
  press("e");
  remove();
  press("e");
  expect([panel.mock.calls.length, page.mock.calls.length]).toEqual([1, 1]);
});

test("what a field or a dialog means by a key is left to it", () => {
  const run = vi.fn();
  registry.add({ keys: "mod+z", label: "undo", group: "test", isOutsideOnly: true, run });
  const input = document.body.appendChild(document.createElement("input"));
  expect(press("z", { on: input, ctrlKey: true }).defaultPrevented).toBe(false);
  press("z", { ctrlKey: true });
  document.body.innerHTML = '<div role="dialog"></div>';
  press("z", { ctrlKey: true });
  expect(run).toHaveBeenCalledTimes(1);
});

test("a toast, which has the role of a dialog, takes no key from the page", () => {
  const run = vi.fn();
  registry.add({ keys: "mod+z", label: "undo", group: "test", isOutsideOnly: true, run });
  const next = add("j");
  document.body.innerHTML = '<div data-toasts><div role="dialog"></div></div>';
  press("z", { ctrlKey: true });
  press("j");
  expect([run.mock.calls.length, next.mock.calls.length]).toEqual([1, 1]);
});

test("with a modifier, shift makes another key", () => {
  const undo = add("mod+z");
  const redo = add("mod+shift+z");
  press("Z", { ctrlKey: true, shiftKey: true });
  press("z", { metaKey: true });
  expect([undo.mock.calls.length, redo.mock.calls.length]).toEqual([1, 1]);
});

test("keys that only stand in the list are left to the page", () => {
  registry.add({ keys: "space", label: "lift", group: "test", run: null });
  registry.add({ keys: "c", label: "told", group: "test", run: null });
  expect(press("c").defaultPrevented).toBe(false);
  const run = add("c");
  registry.add({ keys: "c", label: "told", group: "test", run: null });
  press("c");
  expect(run).toHaveBeenCalledTimes(1);
  expect(registry.list().map(({ label }) => label)).toEqual(["lift", "told", "c", "told"]);
});

test("single keys can be switched off", () => {
  const run = add("c");
  setShortcutsOff(true);
  press("c");
  expect(run).not.toHaveBeenCalled();
});

test("a key that was given to something does it, and its own key no longer", () => {
  const run = add("c");
  const go = add("g c");
  chooseKey("c", "y");
  press("c");
  expect(run).not.toHaveBeenCalled();
  press("y");
  expect(run).toHaveBeenCalledTimes(1);
  press("g", { at: 1_000 });
  press("y", { at: 1_100 });
  expect(go).toHaveBeenCalledTimes(1);
  chooseKey("c", null);
  press("c", { at: 9_000 });
  expect(run).toHaveBeenCalledTimes(2);
});

test("keys written by something else are as they came", () => {
  localStorage.setItem("dott.shortcuts.keys", "{");
  expect(keysOf("c")).toBe("c");
  localStorage.setItem("dott.shortcuts.keys", '{"c":7,"e":"w"}');
  expect([keysOf("c"), keysOf("e")]).toEqual(["c", "w"]);
});
