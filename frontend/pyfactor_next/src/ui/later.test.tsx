import { act, fireEvent, render, screen } from "@testing-library/react";
import { lazy } from "react";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { Later } from "./later";

/** A page from the server, with a component whose code arrives when `arrive` is called. */
function slow() {
  let arrive = (): void => undefined;
  const Menu = lazy(
    () =>
      new Promise<{ default: (props: { isOpen: boolean }) => React.ReactNode }>((resolve) => {
        arrive = () => resolve({ default: ({ isOpen }) => <p>{isOpen ? "open" : "closed"}</p> });
      }),
  );
  const page = (
    <Later face={(press) => <button type="button" {...press} />}>
      {(wasPressed) => <Menu isOpen={wasPressed} />}
    </Later>
  );
  const container = document.body.appendChild(document.createElement("div"));
  container.innerHTML = renderToString(page);
  const face = screen.getByRole("button");
  render(page, { container, hydrate: true });
  return { face, arrive: () => act(async () => arrive()) };
}

test("the face stays the same button until the code is there", async () => {
  const { face, arrive } = slow();
  await act(async () => new Promise((resolve) => setTimeout(resolve, 50)));
  expect(screen.getByRole("button")).toBe(face);
  await arrive();
  expect(screen.getByText("closed")).toBeVisible();
  expect(face).not.toBeInTheDocument();
});

test("a press that began on the face opens what follows", async () => {
  const { face, arrive } = slow();
  fireEvent.pointerDown(face, { button: 0 });
  await arrive();
  expect(screen.getByText("open")).toBeVisible();
});

test("the other mouse button presses nothing", async () => {
  const { face, arrive } = slow();
  fireEvent.pointerDown(face, { button: 2 });
  await arrive();
  expect(screen.getByText("closed")).toBeVisible();
});
