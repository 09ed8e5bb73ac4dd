/** Forms made from kinds: what they show while one types. Everything here is said again by the server. */
import "./parts/echoes";
import "./parts/grid";
import "./parts/copying";
import "./parts/choosing";
import "./parts/size";
