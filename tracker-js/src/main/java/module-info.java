/** The script that pages load. */
module io.millrace.tracker {
    exports io.millrace.tracker;
}
