// Queries the gateway with what .NET Framework brings, here run by Mono: XmlDocument, SignedXml and
// HttpWebRequest. Signed, without a record, an update, tampered with, and unsigned.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

static class Names {
    public const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string Wsa = "http://www.w3.org/2005/08/addressing";
    public const string Ds = SignedXml.XmlDsigNamespaceUrl;
    const string Oasis = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
    public const string Wsse = Oasis + "wssecurity-secext-1.0.xsd";
    public const string Wsu = Oasis + "wssecurity-utility-1.0.xsd";
    public const string X509 = Oasis + "x509-token-profile-1.0#X509v3";
    public const string Base64 = Oasis + "soap-message-security-1.0#Base64Binary";
    public const string RsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    public const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
}

/// <summary>SignedXml that finds elements by their wsu:Id.</summary>
sealed class WsuSignedXml : SignedXml {
    public WsuSignedXml(XmlDocument document) : base(document) {}

    public override XmlElement GetIdElement(XmlDocument document, string id) {
        var found = document.SelectNodes("//*[@*[local-name()='Id' and namespace-uri()='" + Names.Wsu + "']='" + id + "']");
        if (found.Count != 1) throw new CryptographicException(id + ": " + found.Count + " times");
        return (XmlElement) found[0];
    }
}

/// <summary>The habits of one message.</summary>
sealed class Habits {
    public string Sender = "clinical/homerton-ed";
    public string Service = "query";
    public string Operation = "planQuery";
    public string Number = Client.Env("CPIS_NHS_NUMBER");
    public string Tampered;
    public bool Signed = true;
    public bool IssuerAndSerial;
    public Encoding Encoding = new UTF8Encoding(false);
}

static class Client {
    public static string Env(string name) {
        var value = Environment.GetEnvironmentVariable(name);
        if (value == null) throw new InvalidOperationException(name + " is not set");
        return value;
    }

    static string Pem(string name) { return Env("CPIS_CERTS") + "/" + name + ".pem"; }

    /// <summary>Certificate and key; openssl puts them together, for .NET Framework reads PKCS#12 only.</summary>
    static X509Certificate2 WithKey(string name) {
        return new X509Certificate2(Env("CPIS_WORK") + "/mono/" + name.Replace('/', '-') + ".p12", "mono");
    }

    static XmlNamespaceManager Prefixes(XmlDocument document) {
        var prefixes = new XmlNamespaceManager(document.NameTable);
        prefixes.AddNamespace("s", Names.Soap);
        prefixes.AddNamespace("wsse", Names.Wsse);
        prefixes.AddNamespace("wsu", Names.Wsu);
        prefixes.AddNamespace("wsa", Names.Wsa);
        prefixes.AddNamespace("ds", Names.Ds);
        return prefixes;
    }

    static XmlElement Only(XmlDocument document, string path) {
        var found = document.SelectNodes(path, Prefixes(document));
        if (found.Count != 1) throw new InvalidOperationException(path + ": " + found.Count + " times");
        return (XmlElement) found[0];
    }

    static XmlElement Add(XmlNode parent, string prefix, string name, string space, string text) {
        var document = parent.OwnerDocument;
        var element = document.CreateElement(prefix, name, space);
        if (text != null) element.InnerText = text;
        parent.AppendChild(element);
        return element;
    }

    static string Id(XmlElement element, string id) {
        var attribute = element.OwnerDocument.CreateAttribute("u", "Id", Names.Wsu);
        attribute.Value = id;
        element.SetAttributeNode(attribute);
        return id;
    }

    static XmlDocument Envelope(Habits how, string to, string action, string messageId) {
        var document = new XmlDocument { PreserveWhitespace = true };
        var envelope = document.CreateElement("s", "Envelope", Names.Soap);
        document.AppendChild(envelope);
        var header = Add(envelope, "s", "Header", Names.Soap, null);
        Add(header, "a", "Action", Names.Wsa, action);
        Add(header, "a", "MessageID", Names.Wsa, messageId);
        Add(header, "a", "To", Names.Wsa, to);
        var body = Add(envelope, "s", "Body", Names.Soap, null);
        var content = new XmlDocument();
        var text = File.ReadAllText("messages/" + how.Operation + ".xml")
            .Replace("{sender}", Env(how.Service == "query" ? "CPIS_SENDER_ASID" : "CPIS_AUTHORITY_ASID"))
            .Replace("{receiver}", Env("CPIS_GATEWAY_ASID"))
            .Replace("{organisation}", Env("CPIS_ORGANISATION"))
            .Replace("{number}", how.Number)
            .Replace("{sequence}", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString())
            .Replace("{today}", DateTime.UtcNow.ToString("yyyy-MM-dd"));
        content.LoadXml(text);
        body.AppendChild(document.ImportNode(content.DocumentElement, true));
        return document;
    }

    static void Sign(XmlDocument document, Habits how) {
        var header = Only(document, "/s:Envelope/s:Header");
        var security = Add(header, "o", "Security", Names.Wsse, null);
        security.SetAttribute("mustUnderstand", Names.Soap, "1");
        var timestamp = Add(security, "u", "Timestamp", Names.Wsu, null);
        var now = DateTime.UtcNow;
        Add(timestamp, "u", "Created", Names.Wsu, now.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
        Add(timestamp, "u", "Expires", Names.Wsu, now.AddMinutes(5).ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
        var certificate = WithKey(how.Sender + "-signing");
        var reference = document.CreateElement("o", "SecurityTokenReference", Names.Wsse);
        if (how.IssuerAndSerial) {
            var issuer = Add(Add(reference, "", "X509Data", Names.Ds, null), "", "X509IssuerSerial", Names.Ds, null);
            Add(issuer, "", "X509IssuerName", Names.Ds, certificate.IssuerName.Name);
            var serial = System.Numerics.BigInteger.Parse("0" + certificate.SerialNumber, System.Globalization.NumberStyles.HexNumber);
            Add(issuer, "", "X509SerialNumber", Names.Ds, serial.ToString());
        } else {
            var token = Add(security, "o", "BinarySecurityToken", Names.Wsse, Convert.ToBase64String(certificate.RawData));
            token.SetAttribute("ValueType", Names.X509);
            token.SetAttribute("EncodingType", Names.Base64);
            var pointer = Add(reference, "o", "Reference", Names.Wsse, null);
            pointer.SetAttribute("ValueType", Names.X509);
            pointer.SetAttribute("URI", "#" + Id(token, "uuid-" + Guid.NewGuid() + "-1"));
        }
        var signed = new WsuSignedXml(document) { SigningKey = certificate.PrivateKey };
        signed.SignedInfo.CanonicalizationMethod = SignedXml.XmlDsigExcC14NTransformUrl;
        signed.SignedInfo.SignatureMethod = Names.RsaSha256;
        int next = 0;
        foreach (var path in new[] { "s:Body", "s:Header/wsa:Action", "s:Header/wsa:MessageID", "s:Header/wsa:To", "s:Header/wsse:Security/wsu:Timestamp" }) {
            var part = new Reference("#" + Id(Only(document, "/s:Envelope/" + path), "_" + next++)) { DigestMethod = Names.Sha256 };
            part.AddTransform(new XmlDsigExcC14NTransform());
            signed.AddReference(part);
        }
        signed.KeyInfo = new KeyInfo();
        signed.KeyInfo.AddClause(new KeyInfoNode(reference));
        signed.ComputeSignature();
        security.AppendChild(document.ImportNode(signed.GetXml(), true));
    }

    static byte[] Bytes(XmlDocument document, Habits how) {
        var stream = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = how.Encoding };
        using (var writer = XmlWriter.Create(stream, settings)) document.Save(writer);
        return stream.ToArray();
    }

    static string messageId;

    /// <summary>One exchange: the reply, whose signature is still to be verified.</summary>
    static XmlDocument Send(Habits how) {
        var to = Env("CPIS_GATEWAY") + "/" + how.Service;
        var action = "urn:nhs:names:services:cpis" + how.Service + "/" + how.Operation;
        messageId = "urn:uuid:" + Guid.NewGuid();
        var document = Envelope(how, to, action, messageId);
        if (how.Signed) Sign(document, how);
        if (how.Tampered != null) {
            Only(document, "//*[local-name()='nhsNumber']").InnerText = how.Tampered;
        }
        var request = (HttpWebRequest) WebRequest.Create(to);
        request.Method = "POST";
        request.ContentType = "text/xml; charset=" + how.Encoding.WebName;
        request.Headers.Add("SOAPAction", "\"" + action + "\"");
        // Its connections are kept by host: without a group the next sender would use this one.
        request.ConnectionGroupName = how.Sender;
        request.ClientCertificates.Add(WithKey(how.Sender + "-tls"));
        request.ServerCertificateValidationCallback = (sender, certificate, chain, errors) => Certified(new X509Certificate2(certificate));
        var bytes = Bytes(document, how);
        using (var body = request.GetRequestStream()) body.Write(bytes, 0, bytes.Length);
        HttpWebResponse response;
        try {
            response = (HttpWebResponse) request.GetResponse();
        } catch (WebException refused) {
            response = refused.Response as HttpWebResponse;
            if (response == null) throw;
        }
        var reply = new XmlDocument { PreserveWhitespace = true };
        using (var body = response.GetResponseStream()) reply.Load(body);
        return reply;
    }

    /// <summary>Whether the development CAs certify it: the root alone is trusted.</summary>
    static bool Certified(X509Certificate2 certificate) {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "-----BEGIN CERTIFICATE-----\n"
            + Convert.ToBase64String(certificate.RawData, Base64FormattingOptions.InsertLineBreaks) + "\n-----END CERTIFICATE-----\n");
        var openssl = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("openssl",
            "verify -CAfile " + Pem("ca/root") + " -untrusted " + Pem("ca/issuing") + " " + file) { UseShellExecute = false, RedirectStandardOutput = true });
        openssl.WaitForExit();
        File.Delete(file);
        return openssl.ExitCode == 0;
    }

    /// <summary>By whom the reply is signed and over what; throws unless all is as it must be.</summary>
    static string Verified(XmlDocument reply) {
        const string security = "/s:Envelope/s:Header/wsse:Security";
        var certificate = new X509Certificate2(Convert.FromBase64String(Only(reply, security + "/wsse:BinarySecurityToken").InnerText));
        if (!Certified(certificate)) throw new CryptographicException("the signer is not certified");
        var signed = new WsuSignedXml(reply);
        signed.LoadXml(Only(reply, security + "/ds:Signature"));
        if (!signed.CheckSignature(certificate.PublicKey.Key)) throw new CryptographicException("the signature is wrong");
        var names = new List<string> { "Action", "MessageID", "To" };
        var answers = reply.SelectNodes("/s:Envelope/s:Header/wsa:RelatesTo", Prefixes(reply)).Count > 0;
        if (answers) names.Add("RelatesTo");
        var covered = signed.SignedInfo.References.Cast<Reference>().Select(one => one.Uri.Substring(1)).ToList();
        var parts = new[] { "s:Body", "s:Header/wsse:Security/wsu:Timestamp" }.Concat(names.Select(name => "s:Header/wsa:" + name));
        foreach (var part in parts) {
            if (!covered.Contains(Only(reply, "/s:Envelope/" + part).GetAttribute("Id", Names.Wsu))) {
                throw new CryptographicException(part + " is not signed");
            }
        }
        if (answers && Only(reply, "/s:Envelope/s:Header/wsa:RelatesTo").InnerText != messageId) {
            throw new CryptographicException("the answer is to another message");
        }
        return "by " + certificate.GetNameInfo(X509NameType.SimpleName, false) + ", over Body, Timestamp, " + string.Join(", ", names);
    }

    static string LastOf(XmlDocument reply, string name) {
        var found = reply.SelectNodes("//*[local-name()='" + name + "']");
        return found.Count == 0 ? "" : found[found.Count - 1].InnerText;
    }

    /// <summary>Whether this comes back, signed.</summary>
    static bool Expect(string what, string name, string want, Habits how) {
        var reply = Send(how);
        var got = LastOf(reply, name);
        Console.WriteLine("  " + what + ": " + (got == "" ? "refused, " + LastOf(reply, "code") : got) + " " + LastOf(reply, "faultstring"));
        Console.WriteLine("    its signature is good, " + Verified(reply));
        return got.StartsWith(want);
    }

    static int Main(string[] arguments) {
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12;
        var habits = new Dictionary<string, Habits> {
            { "as-it-comes", new Habits() },
            { "issuer-with-blanks", new Habits { IssuerAndSerial = true } },
            { "byte-order-mark", new Habits { Encoding = Encoding.UTF8 } },
            { "utf-16", new Habits { Encoding = Encoding.Unicode } },
        };
        if (arguments.Length == 2 && arguments[0] == "send") {
            return Expect("query", "outcome", "records-found", habits[arguments[1]]) ? 0 : 1;
        }
        var right = Expect("query", "outcome", "records-found", new Habits());
        right &= Expect("query", "outcome", "no-records-found", new Habits { Number = Env("CPIS_NUMBER_WITHOUT_RECORD") });
        right &= Expect("update", "fileCode", "CPF0", new Habits { Sender = "la/twh", Service = "submission", Operation = "planUpdate" });
        right &= Expect("tampered query", "code", "CPG-706", new Habits { Tampered = "9990000026" });
        right &= Expect("unsigned query", "code", "CPG-706", new Habits { Signed = false });
        Console.WriteLine("  ran: query, no record, update, tampered, unsigned");
        return right ? 0 : 1;
    }
}
