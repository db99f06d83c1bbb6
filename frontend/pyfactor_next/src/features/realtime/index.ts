export { LivePages } from "./live-pages";
export { segmentOf } from "./segment";
