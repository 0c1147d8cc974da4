// Loaded with --import into every child of startChild, and into what such a child forks: the option
// is passed on.
import { followParent } from './follow-parent.mjs';

// 12 s: the door and the storefront let requests under way end for up to 10 s before they end
// themselves.
followParent(12_000);
