// Queries the gateway with Go: encoding/xml writes and reads the body, etree and goxmldsig (with its
// exclusive canonical form) sign and verify, net/http sends over one kept connection. Signed, without
// a record, an update, tampered with, and unsigned.
package main

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/russellhaering/goxmldsig/etreeutils"
)

const (
	soap  = "http://schemas.xmlsoap.org/soap/envelope/"
	wsa   = "http://www.w3.org/2005/08/addressing"
	oasis = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
	wsse  = oasis + "wssecurity-secext-1.0.xsd"
	wsu   = oasis + "wssecurity-utility-1.0.xsd"
	ds    = "http://www.w3.org/2000/09/xmldsig#"
	c14n  = "http://www.w3.org/2001/10/xml-exc-c14n#"
	v3    = oasis + "x509-token-profile-1.0#X509v3"
)

// What encoding/xml makes of the contract: each element declares its namespace as the default.

type systems struct {
	Sender   string `xml:"urn:nhs-cpis:gateway:types:v1 senderAsid"`
	Receiver string `xml:"urn:nhs-cpis:gateway:types:v1 receiverAsid"`
}

type coded struct {
	Code string `xml:"urn:nhs-cpis:gateway:types:v1 code"`
	Name string `xml:"urn:nhs-cpis:gateway:types:v1 name"`
}

type name struct {
	Given  string `xml:"urn:nhs-cpis:gateway:types:v1 givenName"`
	Family string `xml:"urn:nhs-cpis:gateway:types:v1 familyName"`
}

type author struct {
	UserID       string `xml:"userId"`
	Name         name   `xml:"name"`
	JobRole      coded  `xml:"jobRole"`
	Organisation coded  `xml:"organisation"`
}

type planQuery struct {
	XMLName  xml.Name `xml:"urn:nhs-cpis:gateway:query:v1 planQueryRequest"`
	Systems  systems  `xml:"systems"`
	Person   author   `xml:"author>person"`
	Activity string   `xml:"activityCode"`
	Setting  string   `xml:"careSetting,omitempty"`
	Number   string   `xml:"nhsNumber"`
}

type contacts struct {
	Duty string `xml:"urn:nhs-cpis:gateway:types:v1 emergencyDutyTelephone"`
}

type authority struct {
	coded
	Contacts contacts `xml:"urn:nhs-cpis:gateway:types:v1 contacts"`
}

type record struct {
	Local  string `xml:"localIdentifier"`
	Number string `xml:"nhsNumber"`
	Family string `xml:"familyName"`
	Given  string `xml:"givenName"`
	Born   string `xml:"dateOfBirth"`
	Plan   string `xml:"planType"`
	Start  string `xml:"startDate"`
}

type planUpdate struct {
	XMLName   xml.Name  `xml:"urn:nhs-cpis:gateway:submission:v1 planUpdateRequest"`
	Systems   systems   `xml:"systems"`
	Authority authority `xml:"localAuthority"`
	Sequence  int64     `xml:"sequenceNumber"`
	Product   string    `xml:"product>name"`
	Version   string    `xml:"product>version"`
	Count     int       `xml:"recordCount"`
	Record    record    `xml:"record"`
}

// What is read of any reply, whose signature has been verified by then.
type reply struct {
	Outcome string   `xml:"Body>planQueryResponse>outcome"`
	File    string   `xml:"Body>planUpdateResponse>fileCode"`
	Fault   string   `xml:"Body>Fault>faultstring"`
	Codes   []string `xml:"Body>Fault>detail>errorList>error>code"`
	Places  []string `xml:"Body>Fault>detail>errorList>error>location"`
	To      string   `xml:"Header>RelatesTo"`
}

type how struct {
	key      string
	unsigned bool
	tampered string
}

func check(err error) {
	if err != nil {
		fmt.Println("  ", err)
		os.Exit(1)
	}
}

func pem(name string) string { return os.Getenv("CPIS_CERTS") + "/" + name + ".pem" }

func pair(name string) tls.Certificate {
	read, err := tls.LoadX509KeyPair(pem(name), pem(name+".key"))
	check(err)
	return read
}

func pool(name string) *x509.CertPool {
	text, err := os.ReadFile(pem(name))
	check(err)
	read := x509.NewCertPool()
	read.AppendCertsFromPEM(text)
	return read
}

func canonical(element *etree.Element) []byte {
	context, err := etreeutils.NSBuildParentContext(element)
	check(err)
	alone, err := etreeutils.NSDetatch(context, element)
	check(err)
	form, err := dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("").Canonicalize(alone)
	check(err)
	return form
}

func digest(element *etree.Element) string {
	sum := sha256.Sum256(canonical(element))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// The one element at this path of local names below the Envelope.
func at(document *etree.Document, path string) *etree.Element {
	found := document.Root()
	for _, step := range strings.Split(path, "/") {
		var next []*etree.Element
		for _, child := range found.ChildElements() {
			if child.Tag == step {
				next = append(next, child)
			}
		}
		if len(next) != 1 {
			check(fmt.Errorf("%s: %d times", path, len(next)))
		}
		found = next[0]
	}
	return found
}

func id(element *etree.Element) string { return element.SelectAttrValue("Id", "") }

func envelope(service, operation, message string, body interface{}) string {
	content, err := xml.Marshal(body)
	check(err)
	now := time.Now().UTC()
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="%s" xmlns:a="%s" xmlns:u="%s"><s:Header>`+
		`<a:Action u:Id="_1">urn:nhs:names:services:cpis%s/%s</a:Action>`+
		`<a:MessageID u:Id="_2">%s</a:MessageID>`+
		`<a:ReplyTo><a:Address>%s/anonymous</a:Address></a:ReplyTo>`+
		`<a:To u:Id="_3">%s/%s</a:To>`+
		`<o:Security xmlns:o="%s" s:mustUnderstand="1">`+
		`<u:Timestamp u:Id="_4"><u:Created>%s</u:Created><u:Expires>%s</u:Expires></u:Timestamp>`+
		`</o:Security></s:Header><s:Body u:Id="_5">%s</s:Body></s:Envelope>`,
		soap, wsa, wsu, service, operation, message, wsa, os.Getenv("CPIS_GATEWAY"), service, wsse,
		now.Format(time.RFC3339Nano), now.Add(5*time.Minute).Format(time.RFC3339Nano), content)
}

func sign(document *etree.Document, key string) {
	signer := pair(key + "-signing")
	references := ""
	for _, path := range []string{"Body", "Header/Security/Timestamp", "Header/Action", "Header/MessageID", "Header/To"} {
		part := at(document, path)
		references += fmt.Sprintf(`<Reference URI="#%s"><Transforms><Transform Algorithm="%s"/></Transforms>`+
			`<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>%s</DigestValue></Reference>`,
			id(part), c14n, digest(part))
	}
	made := etree.NewDocument()
	check(made.ReadFromString(fmt.Sprintf(`<o:Security xmlns:o="%s" xmlns:u="%s">`+
		`<o:BinarySecurityToken u:Id="token" ValueType="%s" EncodingType="%ssoap-message-security-1.0#Base64Binary">%s</o:BinarySecurityToken>`+
		`<Signature xmlns="%s"><SignedInfo><CanonicalizationMethod Algorithm="%s"/>`+
		`<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>%s</SignedInfo><SignatureValue/>`+
		`<KeyInfo><o:SecurityTokenReference><o:Reference URI="#token" ValueType="%s"/></o:SecurityTokenReference></KeyInfo>`+
		`</Signature></o:Security>`,
		wsse, wsu, v3, oasis, base64.StdEncoding.EncodeToString(signer.Certificate[0]), ds, c14n, references, v3)))
	security := at(document, "Header/Security")
	for _, child := range made.Root().ChildElements() {
		security.AddChild(child)
	}
	sum := sha256.Sum256(canonical(at(document, "Header/Security/Signature/SignedInfo")))
	value, err := signer.PrivateKey.(crypto.Signer).Sign(rand.Reader, sum[:], crypto.SHA256)
	check(err)
	at(document, "Header/Security/Signature/SignatureValue").SetText(base64.StdEncoding.EncodeToString(value))
}

// By whom the reply is signed and over what.
func verified(text []byte) (*reply, error) {
	document := etree.NewDocument()
	check(document.ReadFromBytes(text))
	decode := func(path string) []byte {
		value, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(at(document, path).Text()), ""))
		check(err)
		return value
	}
	signer, err := x509.ParseCertificate(decode("Header/Security/BinarySecurityToken"))
	check(err)
	_, err = signer.Verify(x509.VerifyOptions{Roots: pool("ca/root"), Intermediates: pool("ca/issuing"),
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	check(err)
	info := at(document, "Header/Security/Signature/SignedInfo")
	sum := sha256.Sum256(canonical(info))
	err = rsa.VerifyPKCS1v15(signer.PublicKey.(*rsa.PublicKey), crypto.SHA256, sum[:],
		decode("Header/Security/Signature/SignatureValue"))
	check(err)
	covered := map[string]string{}
	for _, reference := range info.ChildElements() {
		if reference.Tag == "Reference" {
			covered[strings.TrimPrefix(reference.SelectAttrValue("URI", ""), "#")] = reference.SelectElement("DigestValue").Text()
		}
	}
	paths := []string{"Body", "Header/Security/Timestamp", "Header/Action", "Header/MessageID", "Header/To"}
	if bytes.Contains(text, []byte("RelatesTo")) {
		paths = append(paths, "Header/RelatesTo")
	}
	names := []string{}
	for _, path := range paths {
		part := at(document, path)
		if covered[id(part)] != digest(part) {
			return nil, errors.New(part.Tag + " is not signed")
		}
		names = append(names, part.Tag)
	}
	fmt.Printf("    its signature is good, by %s, over %s\n", signer.Subject.CommonName, strings.Join(names, ", "))
	read := new(reply)
	return read, xml.Unmarshal(text, read)
}

var clients = map[string]*http.Client{}

func client(key string) *http.Client {
	if clients[key] == nil {
		clients[key] = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{
			RootCAs: pool("ca/root"), Certificates: []tls.Certificate{pair(key + "-tls")}}}}
	}
	return clients[key]
}

func call(service, operation string, body interface{}, by how) *reply {
	random := make([]byte, 16)
	_, err := rand.Read(random)
	check(err)
	random[6], random[8] = random[6]&0x0f|0x40, random[8]&0x3f|0x80
	message := fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", random[:4], random[4:6], random[6:8], random[8:10], random[10:])
	document := etree.NewDocument()
	check(document.ReadFromString(envelope(service, operation, message, body)))
	if by.unsigned {
		header := at(document, "Header")
		header.RemoveChild(at(document, "Header/Security"))
	} else {
		sign(document, by.key)
	}
	text, err := document.WriteToString()
	check(err)
	if by.tampered != "" {
		text = strings.Replace(text, ">"+os.Getenv("CPIS_NHS_NUMBER")+"<", ">"+by.tampered+"<", 1)
	}
	request, err := http.NewRequest("POST", os.Getenv("CPIS_GATEWAY")+"/"+service, strings.NewReader(text))
	check(err)
	request.Header.Set("Content-Type", "text/xml; charset=utf-8")
	request.Header.Set("SOAPAction", `"urn:nhs:names:services:cpis`+service+"/"+operation+`"`)
	response, err := client(by.key).Do(request)
	check(err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	check(err)
	read, err := verified(answer)
	check(err)
	if read.To != "" && read.To != message {
		check(errors.New("the answer is to another message"))
	}
	return read
}

func query(number string, by how) *reply {
	by.key = "clinical/homerton-ed"
	return call("query", "planQuery", planQuery{
		Systems: systems{os.Getenv("CPIS_SENDER_ASID"), os.Getenv("CPIS_GATEWAY_ASID")},
		Person: author{"go.1", name{"Siân", "Testwell-Ó Briain & Łuc"}, coded{"R0260", "Consultant"},
			coded{os.Getenv("CPIS_ORGANISATION"), "A sample organisation"}},
		Activity: "B0107", Setting: "emergency-department", Number: number}, by)
}

func update() *reply {
	return call("submission", "planUpdate", planUpdate{
		Systems:   systems{os.Getenv("CPIS_AUTHORITY_ASID"), os.Getenv("CPIS_GATEWAY_ASID")},
		Authority: authority{coded{"TWH", "Tower Hamlets"}, contacts{"020 7946 0058"}},
		Sequence:  time.Now().Unix(), Product: "A sample product", Version: "1", Count: 1,
		Record: record{"TWH-CLIENTS-1", "9990000018", "Ó Briain", "Łucja", "2017-08-13", "LAC",
			time.Now().Format("2006-01-02")}}, how{key: "la/twh"})
}

func answered(want, number string) bool {
	read := query(number, how{})
	fmt.Printf("  answer: %s%s\n", read.Outcome, read.Fault)
	return read.Outcome == want
}

func refused(what string, by how) bool {
	read := query(os.Getenv("CPIS_NHS_NUMBER"), by)
	code := strings.Join(read.Codes, " ")
	fmt.Printf("  %s query: refused, %s: %s\n", what, code, read.Fault)
	return code == "CPG-706"
}

func main() {
	right := answered("records-found", os.Getenv("CPIS_NHS_NUMBER"))
	if len(os.Args) < 2 {
		right = answered("no-records-found", os.Getenv("CPIS_NUMBER_WITHOUT_RECORD")) && right
		acknowledged := update()
		fmt.Println("  acknowledged:", acknowledged.File, acknowledged.Fault, strings.Join(acknowledged.Places, " "))
		right = right && strings.HasPrefix(acknowledged.File, "CPF0")
		right = refused("tampered", how{tampered: "9990000026"}) && right
		right = refused("unsigned", how{unsigned: true}) && right
		fmt.Println("  ran: query, no record, update, tampered, unsigned")
	}
	if !right {
		os.Exit(1)
	}
}
