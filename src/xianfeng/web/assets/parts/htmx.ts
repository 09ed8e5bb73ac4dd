/** htmx under the strict policy: no evaluated code and no style element of its own; the rest is by attributes. */
import htmx from "htmx.org";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages hold what only one appointment may read: none is kept in the browser
