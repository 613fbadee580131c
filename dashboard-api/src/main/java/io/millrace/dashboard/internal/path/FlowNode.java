package io.millrace.dashboard.internal.path;

import java.util.List;

/**
 * Those who were on a page: each of them is counted in one of the children, in {@code others} or in {@code exits}.
 *
 * @param exits who went nowhere from here; backward: who came from nowhere
 * @param others who went on to pages that are no children, or beyond the depth
 */
record FlowNode(String pathname, int visitors, long exits, long others, List<FlowNode> children) {}
