-- Where customers live: names, towns and the way an address and a phone number look there.
-- # in a street is the house number. Towns are written town|region|postal code.

CREATE TEMP TABLE country (
    code text, currency text, language text, timezone text, dial text, digits int,
    given text[], family text[], towns text[], streets text[], company text, weight int
);

INSERT INTO country VALUES
('DE', 'EUR', 'de', 'Europe/Berlin', '+4930', 8,
 '{Anna,Jürgen,Lukas,Mia,Sören,Käthe,Jonas,Lena,Günther,Ida}',
 '{Müller,Schmidt,Schäfer,Weiß,Köhler,Krüger,Vogel,Hoffmann,Lange,Böhm}',
 '{Berlin|Berlin|10115,München|Bayern|80331,Köln|Nordrhein-Westfalen|50667,Leipzig|Sachsen|04109,Würzburg|Bayern|97070}',
 '{Hauptstraße #,Bahnhofstraße #,Gartenweg #,Am Markt #,Lindenallee #}', 'GmbH', 16),
('US', 'USD', 'en-US', 'America/New_York', '+1212', 7,
 '{Emma,Liam,Olivia,Noah,Ava,Mason,Sophia,Ethan,Harper,Logan}',
 '{Smith,Johnson,Williams,Brown,Jones,Miller,Davis,Wilson,Anderson,Taylor}',
 '{Portland|OR|97201,Oakland|CA|94607,Boston|MA|02108,Denver|CO|80202,Austin|TX|78701,Albany|NY|12207}',
 '{# Main Street,# Oak Avenue,# Maple Drive,# Washington Boulevard,# Elm Court}', 'LLC', 22),
('GB', 'GBP', 'en-GB', 'Europe/London', '+4420', 8,
 '{Oliver,Amelia,Harry,Isla,George,Freya,Alfie,Poppy,Rhys,Niamh}',
 '{Smith,Evans,Taylor,Walker,Hughes,Campbell,Clarke,Patel,Wright,Edwards}',
 '{London|Greater London|EC1A 1BB,Leeds|West Yorkshire|LS1 4AP,Bristol|Bristol|BS1 5TR,Cardiff|Wales|CF10 1EP,Glasgow|Scotland|G1 1XQ}',
 '{# High Street,# Station Road,# Church Lane,# Victoria Road,# The Green}', 'Ltd', 10),
('FR', 'EUR', 'fr', 'Europe/Paris', '+331', 8,
 '{Chloé,Hugo,Inès,Léo,Zoé,Théo,Éloïse,Raphaël,Manon,Noé}',
 '{Dubois,Lefèvre,Moreau,Girard,François,Petit,Rousseau,Bénard,Fontaine,Chevalier}',
 '{Paris|Île-de-France|75001,Lyon|Auvergne-Rhône-Alpes|69001,Lille|Hauts-de-France|59000,Nîmes|Occitanie|30000}',
 '{# rue de la République,# avenue Victor Hugo,# place du Marché,# boulevard Voltaire}', 'SARL', 9),
('ES', 'EUR', 'es', 'Europe/Madrid', '+3491', 7,
 '{Lucía,Mateo,Sofía,Íñigo,Martina,Ángel,Noa,Álvaro,Begoña,Pablo}',
 '{García,Fernández,Muñoz,López,Núñez,Pérez,Ibáñez,Ortega,Gómez,Castaño}',
 '{Madrid|Madrid|28001,Sevilla|Andalucía|41001,A Coruña|Galicia|15001,Málaga|Andalucía|29001}',
 '{Calle Mayor #,Avenida de la Constitución #,Plaza de España #,Calle del Carmen #}', 'SL', 7),
('PL', 'PLN', 'pl', 'Europe/Warsaw', '+4822', 7,
 '{Zuzanna,Jakub,Łucja,Paweł,Małgorzata,Michał,Agnieszka,Rafał}',
 '{Kowalski,Wiśniewska,Wójcik,Dąbrowski,Zieliński,Szymańska,Woźniak,Kozłowski}',
 '{Warszawa|Mazowieckie|00-001,Kraków|Małopolskie|30-001,Łódź|Łódzkie|90-001,Gdańsk|Pomorskie|80-001}',
 '{ul. Długa #,ul. Polna #,al. Jerozolimskie #,ul. Świętojańska #}', 'Sp. z o.o.', 6),
('IT', 'EUR', 'it', 'Europe/Rome', '+3906', 8,
 '{Giulia,Leonardo,Sofia,Lorenzo,Niccolò,Aurora,Matteo,Beatrice}',
 '{Rossi,Russo,Ferrari,Esposito,Bianchi,Romano,Colombo,Dalò}',
 '{Roma|Lazio|00184,Torino|Piemonte|10121,Firenze|Toscana|50122,Cantù|Lombardia|22063}',
 '{Via Roma #,Corso Garibaldi #,Piazza San Marco #,Via Dante #}', 'S.r.l.', 6),
('SE', 'SEK', 'sv', 'Europe/Stockholm', '+468', 7,
 '{Åsa,Björn,Elin,Göran,Märta,Oskar,Linnéa,Nils}',
 '{Åkesson,Lindström,Öberg,Sjögren,Nyström,Björk,Hedlund,Ekström}',
 '{Stockholm|Stockholms län|111 20,Göteborg|Västra Götaland|411 03,Malmö|Skåne|211 22,Umeå|Västerbotten|903 26}',
 '{Storgatan #,Kungsgatan #,Ängsvägen #,Södra vägen #}', 'AB', 4),
('BR', 'BRL', 'pt-BR', 'America/Sao_Paulo', '+5511', 9,
 '{João,Conceição,Thiago,Luíza,Antônio,Júlia,Caio,Tânia}',
 '{Silva,Souza,Gonçalves,Araújo,Magalhães,Ribeiro,Falcão,Simões}',
 '{São Paulo|SP|01310-100,Florianópolis|SC|88010-000,Brasília|DF|70040-010,Maceió|AL|57020-000}',
 '{Rua das Flores #,Avenida Paulista #,Praça da Sé #,Rua do Ouvidor #}', 'Ltda', 6),
('TR', 'TRY', 'tr', 'Europe/Istanbul', '+90212', 7,
 '{Ayşe,Mehmet,Çağla,Oğuz,Şirin,Emre,Gülşen,Yiğit}',
 '{Yılmaz,Öztürk,Çelik,Şahin,Aydın,Doğan,Kılıç,Güneş}',
 '{İstanbul|Marmara|34010,İzmir|Ege|35210,Ankara|İç Anadolu|06100,Eskişehir|İç Anadolu|26010}',
 '{Atatürk Caddesi #,Cumhuriyet Sokağı #,İnönü Bulvarı #}', 'A.Ş.', 3),
('GR', 'EUR', 'el', 'Europe/Athens', '+3021', 8,
 '{Γιώργος,Ελένη,Νίκος,Κατερίνα,Δημήτρης,Σοφία}',
 '{Παπαδόπουλος,Νικολάου,Γεωργίου,Βασιλείου,Ιωάννου,Οικονόμου}',
 '{Αθήνα|Αττική|105 57,Θεσσαλονίκη|Κεντρική Μακεδονία|546 24,Πάτρα|Δυτική Ελλάδα|262 21}',
 '{Ερμού #,Λεωφόρος Συγγρού #,Αριστοτέλους #}', 'Α.Ε.', 2),
('JP', 'JPY', 'ja', 'Asia/Tokyo', '+813', 8,
 '{陽菜,蓮,結衣,大翔,さくら,健太}', '{佐藤,鈴木,高橋,田中,渡辺,伊藤}',
 '{東京|東京都|100-0001,大阪|大阪府|530-0001,札幌|北海道|060-0001,那覇|沖縄県|900-0001}',
 '{中央#-2,本町#-1-3,栄町#-5}', '株式会社', 4),
('IN', 'INR', 'en-IN', 'Asia/Kolkata', '+9111', 8,
 '{Aarav,Diya,Vihaan,Ananya,Arjun,Priya,Rohan,Kavya}',
 '{Sharma,Iyer,Gupta,Reddy,Singh,Nair,Banerjee,Deshmukh}',
 '{Mumbai|Maharashtra|400001,Bengaluru|Karnataka|560001,Kolkata|West Bengal|700001,Kochi|Kerala|682001}',
 '{# MG Road,# Station Road,# Nehru Nagar,# Park Street}', 'Pvt Ltd', 5);

-- One row per lot, so that a country is drawn by its weight with one random number.
CREATE TEMP TABLE lot AS
SELECT row_number() OVER (ORDER BY code, one) - 1 AS lot, country.*
  FROM country, generate_series(1, weight) AS one;
CREATE UNIQUE INDEX ON lot (lot);
