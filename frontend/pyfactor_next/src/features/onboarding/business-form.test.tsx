import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { IntlProvider } from "use-intl";
import { expect, test, vi } from "vitest";
import { messages } from "@/i18n/messages";
import { BusinessForm } from "./business-form";

// Typing into jsdom takes its time on a machine that does other things, too.
vi.setConfig({ testTimeout: 60_000 });
// jsdom lays nothing out, so there is nowhere to scroll.
Element.prototype.scrollIntoView = () => undefined;

function draw() {
  // A language that no country is known by: nothing is suggested.
  vi.spyOn(navigator, "language", "get").mockReturnValue("eo");
  render(
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <BusinessForm submitLabel="Go on" onSubmit={async () => undefined} />
    </IntlProvider>,
  );
  const user = userEvent.setup();
  return async (label: string, text: string, option: RegExp): Promise<void> => {
    await user.click(screen.getByLabelText(label));
    await user.keyboard(text);
    await user.click(await screen.findByRole("option", { name: option }));
  };
}

test("a country brings its currency along", async () => {
  const choose = draw();
  await choose("Country", "Switzerland", /Switzerland/);
  expect(screen.getByLabelText("Currency")).toHaveDisplayValue(/CHF|Swiss/);
});

test("a currency that was chosen stays whatever country is chosen after it", async () => {
  const choose = draw();
  await choose("Currency", "Japanese", /Japanese Yen/);
  await choose("Country", "Switzerland", /Switzerland/);
  expect(screen.getByLabelText("Currency")).toHaveDisplayValue(/Japanese|JPY/);
});
