/** The desk: what every page has, fragments by htmx, and filings that outlive a dead network. */
import "./parts/frame";
import "./parts/days";
import "./parts/tables";
import "./parts/htmx";
import "./parts/picker";
import "./parts/offline";
