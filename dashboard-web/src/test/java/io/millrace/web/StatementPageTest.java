package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is due to an affiliate, on the affiliate's page: paid, and taken back when it was recorded by mistake. */
class StatementPageTest extends PageFixture {
    private long due() {
        Map<?, ?> statement = (Map<?, ?>) api("/api/analytics/" + site.id() + "/affiliates/1/statement?period=7d");
        Map<?, ?> balance = (Map<?, ?>) ((List<?>) statement.get("balances")).get(0);
        return ((Number) balance.get("due")).longValue();
    }

    private void pay(String amount, String reference) {
        browser.click("[data-add-payout]");
        browser.type("dialog [name=amount]", amount);
        browser.type("dialog [name=reference]", reference);
        browser.click("dialog .primary");
    }

    @Test
    void recordsWhatWasPaidAndSaysWhatIsLeft() {
        open(sitePath("/affiliates?period=7d&affiliate=1"));
        assertThat(browser.see("mr-statement [data-due]").getText()).isEqualTo("Due: \u20ac4.00");
        assertThat(due()).isEqualTo(400);
        pay("1.505", "bank 1");
        browser.read("amount: must be a whole number");
        assertThat(complaints()).singleElement().asString().contains("400");
        browser.click("dialog footer .button:not(.primary)");
        browser.gone("dialog");
        pay("1.5", "bank 1");
        browser.gone("dialog");
        browser.read("Due: \u20ac2.50");
        browser.read("bank 1");
        assertThat(due()).isEqualTo(250);
        browser.run("window.confirm = () => true");
        browser.click("mr-statement td .button");
        browser.read("Due: \u20ac4.00");
        assertThat(browser.text()).doesNotContain("bank 1");
    }
}
