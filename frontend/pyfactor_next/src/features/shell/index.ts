export { AppShell } from "./app-shell";
export { ElsewherePage } from "./elsewhere-page";
export { ProveAgainHost } from "./prove-again-host";
export { ServerProblem } from "./server-problem";
export { useSignOut } from "./use-sign-out";
