export { PolicyCard } from "./policy-card";
