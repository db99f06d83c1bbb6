import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type LiveListener, listen } from "./live";

/** A socket that the test opens, fills and closes. */
class FakeSocket {
  static made: FakeSocket[] = [];
  static get last(): FakeSocket {
    const socket = FakeSocket.made.at(-1);
    if (!socket) throw new Error("no socket was made");
    return socket;
  }
  sent: string[] = [];
  isClosed = false;
  onopen = (): void => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  onclose: (event: { code: number }) => void = () => undefined;
  constructor(readonly url: string) {
    FakeSocket.made.push(this);
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.isClosed = true;
  }
}

const listener = {
  onChanges: vi.fn<LiveListener["onChanges"]>(),
  onResync: vi.fn<LiveListener["onResync"]>(),
};
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.made = [];
  vi.clearAllMocks();
  stop = listen(listener, () => 0.5);
});

afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("hands on what it hears", () => {
  const socket = FakeSocket.last;
  expect(socket.url).toBe(`${window.location.origin.replace("http", "ws")}/ws/`);
  socket.onopen();
  const changes = [{ entity: "crm.customer", id: "1", version: 2, operation: "update" }];
  socket.onmessage({ data: JSON.stringify({ type: "changes", changes, source: "r" }) });
  expect(listener.onChanges).toHaveBeenCalledExactlyOnceWith(changes, "r");
  expect(listener.onResync).not.toHaveBeenCalled();
  socket.onmessage({ data: '{"type":"resync"}' });
  expect(listener.onResync).toHaveBeenCalledOnce();
});

test("comes back ever later, and then asks for everything", () => {
  FakeSocket.last.onopen();
  for (const delay of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    const before = FakeSocket.made.length;
    FakeSocket.last.onclose({ code: 1006 });
    vi.advanceTimersByTime(delay - 1);
    expect(FakeSocket.made).toHaveLength(before);
    vi.advanceTimersByTime(1);
    expect(FakeSocket.made).toHaveLength(before + 1);
  }
  expect(listener.onResync).not.toHaveBeenCalled();
  FakeSocket.last.onopen();
  expect(listener.onResync).toHaveBeenCalledOnce();
  FakeSocket.last.onclose({ code: 1012 });
  vi.advanceTimersByTime(1_000);
  expect(FakeSocket.made).toHaveLength(9);
});

test("spreads the coming back of many pages", () => {
  stop();
  FakeSocket.made = [];
  stop = listen(listener, () => 0);
  FakeSocket.last.onclose({ code: 1006 });
  vi.advanceTimersByTime(500);
  expect(FakeSocket.made).toHaveLength(2);
});

test("gives up when the session stays ended or the page is not understood", () => {
  FakeSocket.last.onopen();
  FakeSocket.last.onclose({ code: 4401 });
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.made).toHaveLength(2);
  FakeSocket.last.onclose({ code: 1006 });
  vi.advanceTimersByTime(600_000);
  expect(FakeSocket.made).toHaveLength(2);

  stop = listen(listener);
  FakeSocket.last.onopen();
  FakeSocket.last.onclose({ code: 1008 });
  vi.advanceTimersByTime(600_000);
  expect(FakeSocket.made).toHaveLength(3);
});

test("notices a network that went away silently", () => {
  const first = FakeSocket.last;
  first.onopen();
  vi.advanceTimersByTime(30_000);
  expect(first.sent).toEqual(["ping"]);
  first.onmessage({ data: '{"type":"pong"}' });
  vi.advanceTimersByTime(30_000);
  expect(first.sent).toHaveLength(2);
  vi.advanceTimersByTime(10_000);
  expect(first.isClosed).toBe(true);
  vi.advanceTimersByTime(1_000);
  expect(FakeSocket.made).toHaveLength(2);
});

test("ends when the page does", () => {
  const socket = FakeSocket.last;
  socket.onopen();
  stop();
  expect(socket.isClosed).toBe(true);
  vi.advanceTimersByTime(600_000);
  window.dispatchEvent(new Event("online"));
  expect(FakeSocket.made).toHaveLength(1);
});
