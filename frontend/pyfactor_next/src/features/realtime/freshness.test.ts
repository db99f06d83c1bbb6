import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isOwnWrite, rememberWrite } from "@/api/own-writes";
import { Freshness } from "./freshness";
import { segmentOf } from "./segment";

const record = ["bakery", "customers", "record", "1"];
const list = ["bakery", "customers", "list", {}];
let client: QueryClient;
let freshness: Freshness;
let fetched: string[];
let ends: (() => void)[];

beforeEach(() => {
  vi.useFakeTimers();
  client = new QueryClient({
    defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } },
  });
  freshness = new Freshness(client, "bakery", () => 0);
  fetched = [];
  ends = [];
  for (const [queryKey, data] of [
    [record, { version: 3 }],
    [list, []],
    [["bakery", "imports", "list"], []],
    [["bikes", "customers", "list", {}], []],
  ] as const) {
    client.setQueryData(queryKey, data);
    const queryFn = (): unknown => {
      fetched.push(queryKey.slice(0, 3).join("/"));
      return data;
    };
    ends.push(new QueryObserver(client, { queryKey, queryFn }).subscribe(() => undefined));
  }
});

afterEach(() => {
  for (const end of ends) end();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("entities are named as in the API's paths", () => {
  expect(["crm.customer", "crm.deal", "crm.activity"].map(segmentOf)).toEqual([
    "customers",
    "deals",
    "activities",
  ]);
});

test("several changes cost one refetch of what is on screen", async () => {
  freshness.add([{ entity: "crm.customer", id: "1", version: 4, operation: "update" }]);
  freshness.add([{ entity: "crm.customer", id: "2", version: 1, operation: "create" }]);
  await vi.advanceTimersByTimeAsync(200);
  expect(fetched).toEqual(["bakery/customers/record", "bakery/customers/list"]);
});

test("a version that is shown already is not asked for again", async () => {
  freshness.add([{ entity: "crm.customer", id: "1", version: 3, operation: "update" }]);
  await vi.advanceTimersByTimeAsync(200);
  expect(fetched).toEqual(["bakery/customers/list"]);
});

test("a resync makes everything of this business fresh, and of no other", async () => {
  freshness.resync();
  await vi.advanceTimersByTimeAsync(200);
  expect(fetched).toEqual([
    "bakery/customers/record",
    "bakery/customers/list",
    "bakery/imports/list",
  ]);
});

test("waits for a write that is on its way", async () => {
  let finish = (): void => undefined;
  const mutation = client.getMutationCache().build(client, {
    mutationFn: () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  });
  const done = mutation.execute(undefined);
  freshness.add([{ entity: "crm.customer", operation: "many" }]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(fetched).toEqual([]);
  finish();
  await done;
  await vi.advanceTimersByTimeAsync(200);
  expect(fetched).toEqual(["bakery/customers/record", "bakery/customers/list"]);
});

test("waits until the tab is seen", async () => {
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  freshness.resync();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(fetched).toEqual([]);
  hidden.mockReturnValue(false);
  freshness.flush();
  await vi.advanceTimersByTimeAsync(0);
  expect(fetched).toHaveLength(3);
});

test("a tab knows its own writes, the latest two hundred", () => {
  const write = (id: string): void =>
    rememberWrite({ method: "PATCH", headers: { "X-Request-ID": id } });
  rememberWrite({ method: "GET", headers: { "X-Request-ID": "read" } });
  for (let n = 0; n <= 200; n++) write(`write-${n}`);
  expect(["read", "write-0", "write-1", "write-200"].map(isOwnWrite)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
