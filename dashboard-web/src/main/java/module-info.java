/** The page that people look at. */
module io.millrace.web {
    exports io.millrace.web;
}
