/** Every public page: menus, tables to copy and print. Nothing here is needed for reading. */
import "./parts/frame";
import "./parts/days";
import "./parts/tables";
import "./parts/pages";
import "./parts/folds";
