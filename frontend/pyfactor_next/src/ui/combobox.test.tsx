import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { IntlProvider } from "use-intl";
import { expect, test, vi } from "vitest";
import { messages } from "@/i18n/messages";
import { countryOptions } from "@/i18n/regions";
import { bestFirst } from "./best-first";
import { Combobox } from "./combobox";

// Typing into jsdom takes its time on a machine that does other things, too.
vi.setConfig({ testTimeout: 60_000 });
// jsdom lays nothing out, so there is nowhere to scroll.
Element.prototype.scrollIntoView = () => undefined;

test.each([
  ["ger", "Germany"],
  ["nig", "Niger"],
  ["kingdom", "United Kingdom"],
  ["us", "United States"],
  ["osterreich", "Österreich"],
])("%s stands for %s", (text, label) => {
  const options = [...countryOptions("en"), { value: "XA", label: "Österreich" }];
  expect(bestFirst(options, text)[0]?.label).toBe(label);
});

test("nothing typed, nothing moved", () => {
  const options = countryOptions("en");
  expect(bestFirst(options, " ")).toBe(options);
});

test("Enter takes what begins with what was typed", async () => {
  const options = countryOptions("en").filter(({ value }) => ["DZ", "DE", "NE"].includes(value));
  const onValueChange = vi.fn();
  const user = userEvent.setup();
  render(
    <IntlProvider locale="en" messages={messages}>
      <Combobox aria-label="Country" options={options} value={null} onValueChange={onValueChange} />
    </IntlProvider>,
  );
  await user.type(screen.getByLabelText("Country"), "ger{Enter}");
  expect(onValueChange).toHaveBeenCalledExactlyOnceWith("DE");
});
