import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { IntlProvider } from "use-intl";
import { beforeEach, expect, test, vi } from "vitest";
import { messages } from "@/i18n/messages";
import { PasswordInput } from "./password-input";

// The first drawing in jsdom takes its time on a machine that does other things, too.
vi.setConfig({ testTimeout: 60_000 });
const PASSWORD = "correct horse battery staple, twice over";

beforeEach(() => {
  render(
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <PasswordInput autoComplete="new-password" aria-label="Password" />
    </IntlProvider>,
  );
});

// ASVS 6.2.6
test("what is typed is hidden until it is asked for, and again afterwards", async () => {
  const input = screen.getByLabelText("Password");
  expect(input).toHaveAttribute("type", "password");
  await userEvent.click(screen.getByRole("button", { name: "Show password" }));
  expect(input).toHaveAttribute("type", "text");
  await userEvent.click(screen.getByRole("button", { name: "Hide password" }));
  expect(input).toHaveAttribute("type", "password");
});

// ASVS 6.2.7
test("a long password can be pasted whole, and a password manager knows the field", async () => {
  const input = screen.getByLabelText("Password");
  await userEvent.click(input);
  await userEvent.paste(PASSWORD);
  expect(input).toHaveValue(PASSWORD);
  expect(input).toHaveAttribute("autocomplete", "new-password");
  expect(input).not.toHaveAttribute("maxlength");
});
