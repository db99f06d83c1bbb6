import { createDjangoApi, type DjangoApi } from "./django-api";
import { rememberWrite } from "./own-writes";
import { csrf, log } from "./parts";
import { endSession } from "./session-end";
import type { FetchLike } from "./transport";

/** Bytes sent so far, of all that are to be sent. */
export type Progress = (sent: number, total: number) => void;

/** fetch does not say how much of a body has gone; the older interface does. */
export function fetchWithProgress(onProgress: Progress): FetchLike {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(init.method ?? "GET", url);
      for (const [name, value] of new Headers(init.headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => onProgress(event.loaded, event.total);
      request.onload = () => {
        const headers = new Headers();
        for (const line of request
          .getAllResponseHeaders()
          .trim()
          .split(/[\r\n]+/)) {
          const at = line.indexOf(":");
          if (at > 0) headers.append(line.slice(0, at), line.slice(at + 1).trim());
        }
        const body = request.status === 204 ? null : request.responseText;
        resolve(new Response(body, { status: request.status, headers }));
      };
      request.onerror = () => reject(new TypeError("Network request failed"));
      request.onabort = () => reject(init.signal?.reason);
      init.signal?.addEventListener("abort", () => request.abort(), { once: true });
      if (init.signal?.aborted) reject(init.signal.reason);
      else request.send(init.body as XMLHttpRequestBodyInit);
    });
}

/** The API for one upload, which tells how far it is. */
export function uploadApi(onProgress: Progress): DjangoApi {
  const send = fetchWithProgress(onProgress);
  return createDjangoApi({
    baseUrl: "",
    fetch: (input, init) => {
      rememberWrite(init);
      return send(input, init);
    },
    log,
    csrf,
    onUnauthenticated: endSession,
  });
}
