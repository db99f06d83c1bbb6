import { act, fireEvent, render, screen } from "@testing-library/react";
import { lazy } from "react";
import { expect, test } from "vitest";
import { Later } from "./later";

/** A component whose code arrives when `arrive` is called. */
function slow() {
  let arrive = (): void => undefined;
  const Menu = lazy(
    () =>
      new Promise<{ default: (props: { isOpen: boolean }) => React.ReactNode }>((resolve) => {
        arrive = () => resolve({ default: ({ isOpen }) => <p>{isOpen ? "open" : "closed"}</p> });
      }),
  );
  render(
    <Later face={(press) => <button type="button" {...press} />}>
      {(wasPressed) => <Menu isOpen={wasPressed} />}
    </Later>,
  );
  return { face: screen.getByRole("button"), arrive: () => act(async () => arrive()) };
}

test("the face stays the same button until the code is there", async () => {
  const { face, arrive } = slow();
  await act(async () => undefined);
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
