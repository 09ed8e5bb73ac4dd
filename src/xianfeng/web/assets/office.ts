/** The office: what every page has, and fragments by htmx. */
import "./parts/frame";
import "./parts/days";
import "./parts/tables";
import "./parts/pages";
import "./parts/htmx";
import "./parts/folds";
import "./parts/picker";
import "./parts/bulletin";
import "./parts/copying";
