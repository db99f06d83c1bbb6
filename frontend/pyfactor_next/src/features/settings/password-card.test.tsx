import { QueryClientProvider } from "@tanstack/react-query";
import { configure, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { IntlProvider } from "use-intl";
import { expect, test, vi } from "vitest";
import { createQueryClient } from "@/api/query-client";
import { messages } from "@/i18n/messages";
import { PasswordCard } from "./password-card";

/** As React Compiler has it: what only depends on the form is worked out once, at the first render. */
vi.mock("react-hook-form", async (original) => {
  const real = await original<typeof import("react-hook-form")>();
  const { useRef } = await import("react");
  return {
    ...real,
    useForm: (options: object) => {
      const form = real.useForm(options);
      const kept = useRef(new Map<string, object>());
      const { register } = form;
      return {
        ...form,
        formState: form.formState,
        register: (name: string, rules: object) => {
          const known = kept.current.get(name) ?? register(name as never, rules);
          kept.current.set(name, known);
          return known;
        },
      };
    },
  };
});
vi.mock("@/features/session", () => ({
  useSession: () => ({ user: { email: "ada@example.com" } }),
}));

const sent: unknown[] = [];
vi.mock("@/api", () => ({
  applyApiError: () => "refused",
  djangoApi: { post: async (_path: string, body: unknown) => void sent.push(body) },
}));

// The first drawing in jsdom takes its time on a machine that does other things, too.
vi.setConfig({ testTimeout: 60_000 });
configure({ asyncUtilTimeout: 15_000 });

async function change(current: string, next: string): Promise<void> {
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("Current password"), current);
  await user.type(screen.getByLabelText("New password"), next);
  await user.click(screen.getByRole("button", { name: "Change password" }));
}

test("a password can be changed twice in a row", async () => {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <IntlProvider locale="en" messages={messages} timeZone="UTC">
        <PasswordCard />
      </IntlProvider>
    </QueryClientProvider>,
  );
  await change("first-secret", "second-secret");
  await waitFor(() => expect(screen.getByLabelText("New password")).toHaveValue(""));
  expect(screen.getByLabelText("Current password")).toHaveValue("");

  await change("second-secret", "third-secret");
  await waitFor(() => expect(screen.getByLabelText("New password")).toHaveValue(""));
  expect(sent).toEqual([
    { current_password: "first-secret", new_password: "second-secret" },
    { current_password: "second-secret", new_password: "third-secret" },
  ]);

  await userEvent.click(screen.getByRole("button", { name: "Change password" }));
  expect(await screen.findByText("Enter your current password.")).toBeInTheDocument();
  expect(sent).toHaveLength(2);
});
