package io.millrace.server.internal.notify;

import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.Settings;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Locale;
import java.util.Properties;

/**
 * Sends mail by an SMTP server, as plain text and HTML. Immutable.
 *
 * @param user null: without a log-in
 */
record Mailer(String host, int port, Security security, String user, String password, String from) {
    private static final String TIMEOUT = "20000";

    /** How the connection is kept secret. */
    enum Security {
        /** Not at all: for a server on this machine. */
        NONE,
        /** It begins in clear and is refused if it cannot be encrypted. */
        STARTTLS,
        /** It is encrypted from the first byte on. */
        TLS
    }

    /** As set, or null: no server is. */
    static Mailer of(Config config) {
        String host = config.get(Settings.SMTP_HOST);
        return host == null
                ? null
                : new Mailer(
                        host,
                        config.get(Settings.SMTP_PORT),
                        Security.valueOf(config.get(Settings.SMTP_SECURITY).toUpperCase(Locale.ROOT)),
                        config.get(Settings.SMTP_USER),
                        config.get(Settings.SMTP_PASSWORD),
                        config.get(Settings.SMTP_FROM));
    }

    /**
     * @param unsubscribe where one click ends such mails; null: nowhere
     * @throws IOException when the server does not take it
     */
    void send(String to, Notice notice, String unsubscribe) throws IOException {
        try {
            MimeMessage message = new MimeMessage(session()) {
                @Override
                protected void updateMessageID() throws MessagingException {
                    // Who gets it twice, because an answer of the server was lost, can tell.
                    setHeader("Message-ID", "<" + notice.id() + "@millrace>");
                }
            };
            message.setFrom(new InternetAddress(from));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
            message.setSubject(notice.title(), StandardCharsets.UTF_8.name());
            message.setSentDate(Date.from(notice.at()));
            message.setHeader("Auto-Submitted", "auto-generated");
            if (unsubscribe != null) {
                message.setHeader("List-Unsubscribe", "<" + unsubscribe + ">");
                message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
            }
            MimeBodyPart plain = new MimeBodyPart();
            plain.setText(
                    notice.text() + (unsubscribe == null ? "" : "\n-- \nNo more of these: " + unsubscribe + "\n"),
                    "UTF-8");
            MimeBodyPart page = new MimeBodyPart();
            page.setContent(
                    notice.html()
                            + (unsubscribe == null
                                    ? ""
                                    : "<p><a href=\"" + Html.escape(unsubscribe) + "\">Unsubscribe</a></p>"),
                    "text/html; charset=UTF-8");
            message.setContent(new MimeMultipart("alternative", plain, page));
            Transport.send(message);
        } catch (MessagingException e) {
            throw new IOException("mail by " + host + ": " + e.getMessage(), e);
        }
    }

    private Session session() {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", host);
        properties.put("mail.smtp.port", Integer.toString(port));
        properties.put("mail.smtp.connectiontimeout", TIMEOUT);
        properties.put("mail.smtp.timeout", TIMEOUT);
        properties.put("mail.smtp.writetimeout", TIMEOUT);
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.enable", Boolean.toString(security == Security.TLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(security == Security.STARTTLS));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(security == Security.STARTTLS));
        properties.put("mail.smtp.auth", Boolean.toString(user != null));
        properties.put("mail.mime.charset", "UTF-8");
        return Session.getInstance(
                properties,
                user == null
                        ? null
                        : new Authenticator() {
                            @Override
                            protected PasswordAuthentication getPasswordAuthentication() {
                                return new PasswordAuthentication(user, password);
                            }
                        });
    }
}
