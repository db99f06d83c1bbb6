export { LivePages } from "./live-pages";
