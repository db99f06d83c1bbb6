import { bind } from "./album";

/** After the last picture, also when some could not be taken. */
export default bind;
