export { ProveAgainHost } from "./prove-again-host";
