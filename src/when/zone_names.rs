//! Names for zones beyond the IANA ones: large cities without a zone of their own, abbreviations, countries, and which
//! zones the people of a Discord locale likely live in (Discord's "Locales" page lists the locales).

/// Plain spelling (lower case, no accents) to IANA name.
#[rustfmt::skip]
pub(super) const ALIASES: &[(&str, &str)] = &[
    // Germany, Austria, Switzerland
    ("munich", "Europe/Berlin"), ("munchen", "Europe/Berlin"), ("muenchen", "Europe/Berlin"), ("cologne", "Europe/Berlin"),
    ("koln", "Europe/Berlin"), ("koeln", "Europe/Berlin"), ("hamburg", "Europe/Berlin"), ("frankfurt", "Europe/Berlin"),
    ("stuttgart", "Europe/Berlin"), ("dusseldorf", "Europe/Berlin"), ("leipzig", "Europe/Berlin"), ("dresden", "Europe/Berlin"),
    ("bremen", "Europe/Berlin"), ("hannover", "Europe/Berlin"), ("nuremberg", "Europe/Berlin"), ("karlsruhe", "Europe/Berlin"),
    ("graz", "Europe/Vienna"), ("salzburg", "Europe/Vienna"), ("linz", "Europe/Vienna"), ("wien", "Europe/Vienna"),
    ("geneva", "Europe/Zurich"), ("basel", "Europe/Zurich"), ("bern", "Europe/Zurich"), ("lausanne", "Europe/Zurich"), ("genf", "Europe/Zurich"),
    // British Isles
    ("manchester", "Europe/London"), ("birmingham", "Europe/London"), ("edinburgh", "Europe/London"), ("glasgow", "Europe/London"),
    ("cambridge", "Europe/London"), ("oxford", "Europe/London"), ("bristol", "Europe/London"), ("leeds", "Europe/London"),
    ("liverpool", "Europe/London"), ("belfast", "Europe/London"), ("cardiff", "Europe/London"), ("england", "Europe/London"),
    ("scotland", "Europe/London"), ("wales", "Europe/London"), ("northern ireland", "Europe/London"), ("cork", "Europe/Dublin"), ("galway", "Europe/Dublin"),
    // France, Benelux, Italy, Iberia
    ("lyon", "Europe/Paris"), ("marseille", "Europe/Paris"), ("toulouse", "Europe/Paris"), ("lille", "Europe/Paris"), ("bordeaux", "Europe/Paris"),
    ("nice", "Europe/Paris"), ("nantes", "Europe/Paris"), ("strasbourg", "Europe/Paris"), ("grenoble", "Europe/Paris"),
    ("rotterdam", "Europe/Amsterdam"), ("the hague", "Europe/Amsterdam"), ("den haag", "Europe/Amsterdam"), ("utrecht", "Europe/Amsterdam"),
    ("eindhoven", "Europe/Amsterdam"), ("delft", "Europe/Amsterdam"), ("antwerp", "Europe/Brussels"), ("ghent", "Europe/Brussels"), ("bruxelles", "Europe/Brussels"),
    ("milan", "Europe/Rome"), ("milano", "Europe/Rome"), ("roma", "Europe/Rome"), ("turin", "Europe/Rome"), ("torino", "Europe/Rome"), ("naples", "Europe/Rome"),
    ("florence", "Europe/Rome"), ("bologna", "Europe/Rome"), ("venice", "Europe/Rome"),
    ("barcelona", "Europe/Madrid"), ("valencia", "Europe/Madrid"), ("seville", "Europe/Madrid"), ("sevilla", "Europe/Madrid"), ("bilbao", "Europe/Madrid"),
    ("malaga", "Europe/Madrid"), ("canary islands", "Atlantic/Canary"), ("tenerife", "Atlantic/Canary"), ("porto", "Europe/Lisbon"), ("lisboa", "Europe/Lisbon"), ("azores", "Atlantic/Azores"),
    // North, east and south-east Europe
    ("gothenburg", "Europe/Stockholm"), ("goteborg", "Europe/Stockholm"), ("malmo", "Europe/Stockholm"), ("uppsala", "Europe/Stockholm"),
    ("aarhus", "Europe/Copenhagen"), ("kobenhavn", "Europe/Copenhagen"), ("bergen", "Europe/Oslo"), ("trondheim", "Europe/Oslo"),
    ("tampere", "Europe/Helsinki"), ("espoo", "Europe/Helsinki"), ("turku", "Europe/Helsinki"), ("tartu", "Europe/Tallinn"), ("kaunas", "Europe/Vilnius"),
    ("krakow", "Europe/Warsaw"), ("cracow", "Europe/Warsaw"), ("wroclaw", "Europe/Warsaw"), ("gdansk", "Europe/Warsaw"), ("poznan", "Europe/Warsaw"), ("warszawa", "Europe/Warsaw"), ("lodz", "Europe/Warsaw"),
    ("brno", "Europe/Prague"), ("praha", "Europe/Prague"), ("kosice", "Europe/Bratislava"), ("cluj", "Europe/Bucharest"), ("iasi", "Europe/Bucharest"), ("timisoara", "Europe/Bucharest"),
    ("plovdiv", "Europe/Sofia"), ("thessaloniki", "Europe/Athens"), ("novi sad", "Europe/Belgrade"), ("split", "Europe/Zagreb"),
    ("kiev", "Europe/Kyiv"), ("lviv", "Europe/Kyiv"), ("kharkiv", "Europe/Kyiv"), ("odesa", "Europe/Kyiv"), ("odessa", "Europe/Kyiv"),
    ("saint petersburg", "Europe/Moscow"), ("st petersburg", "Europe/Moscow"), ("kazan", "Europe/Moscow"), ("ankara", "Europe/Istanbul"), ("izmir", "Europe/Istanbul"),
    // United States and Canada
    ("nyc", "America/New_York"), ("new york city", "America/New_York"), ("brooklyn", "America/New_York"), ("boston", "America/New_York"), ("washington", "America/New_York"),
    ("washington dc", "America/New_York"), ("dc", "America/New_York"), ("philadelphia", "America/New_York"), ("pittsburgh", "America/New_York"), ("atlanta", "America/New_York"),
    ("miami", "America/New_York"), ("orlando", "America/New_York"), ("tampa", "America/New_York"), ("charlotte", "America/New_York"), ("raleigh", "America/New_York"),
    ("cleveland", "America/New_York"), ("columbus", "America/New_York"), ("cincinnati", "America/New_York"), ("baltimore", "America/New_York"), ("buffalo", "America/New_York"),
    ("ann arbor", "America/Detroit"), ("indianapolis", "America/Indiana/Indianapolis"),
    ("houston", "America/Chicago"), ("dallas", "America/Chicago"), ("austin", "America/Chicago"), ("san antonio", "America/Chicago"), ("minneapolis", "America/Chicago"),
    ("milwaukee", "America/Chicago"), ("st louis", "America/Chicago"), ("saint louis", "America/Chicago"), ("kansas city", "America/Chicago"), ("nashville", "America/Chicago"), ("new orleans", "America/Chicago"), ("memphis", "America/Chicago"), ("texas", "America/Chicago"),
    ("salt lake city", "America/Denver"), ("albuquerque", "America/Denver"), ("colorado", "America/Denver"), ("arizona", "America/Phoenix"), ("tucson", "America/Phoenix"),
    ("la", "America/Los_Angeles"), ("san francisco", "America/Los_Angeles"), ("sf", "America/Los_Angeles"), ("bay area", "America/Los_Angeles"), ("oakland", "America/Los_Angeles"), ("san jose ca", "America/Los_Angeles"),
    ("san diego", "America/Los_Angeles"), ("seattle", "America/Los_Angeles"), ("portland", "America/Los_Angeles"), ("las vegas", "America/Los_Angeles"), ("sacramento", "America/Los_Angeles"), ("california", "America/Los_Angeles"), ("silicon valley", "America/Los_Angeles"),
    ("alaska", "America/Anchorage"), ("hawaii", "Pacific/Honolulu"),
    ("montreal", "America/Toronto"), ("ottawa", "America/Toronto"), ("quebec", "America/Toronto"), ("waterloo", "America/Toronto"), ("calgary", "America/Edmonton"), ("newfoundland", "America/St_Johns"),
    // Latin America
    ("guadalajara", "America/Mexico_City"), ("puebla", "America/Mexico_City"), ("cdmx", "America/Mexico_City"),
    ("rio", "America/Sao_Paulo"), ("rio de janeiro", "America/Sao_Paulo"), ("brasilia", "America/Sao_Paulo"), ("belo horizonte", "America/Sao_Paulo"), ("curitiba", "America/Sao_Paulo"), ("porto alegre", "America/Sao_Paulo"), ("florianopolis", "America/Sao_Paulo"), ("salvador", "America/Bahia"),
    ("medellin", "America/Bogota"), ("cali", "America/Bogota"), ("quito", "America/Guayaquil"), ("cordoba argentina", "America/Argentina/Cordoba"), ("rosario", "America/Argentina/Buenos_Aires"), ("valparaiso", "America/Santiago"),
    // Asia
    ("delhi", "Asia/Kolkata"), ("new delhi", "Asia/Kolkata"), ("mumbai", "Asia/Kolkata"), ("bombay", "Asia/Kolkata"), ("bangalore", "Asia/Kolkata"), ("bengaluru", "Asia/Kolkata"), ("hyderabad", "Asia/Kolkata"), ("chennai", "Asia/Kolkata"), ("pune", "Asia/Kolkata"), ("ahmedabad", "Asia/Kolkata"), ("jaipur", "Asia/Kolkata"), ("gurgaon", "Asia/Kolkata"), ("noida", "Asia/Kolkata"),
    ("lahore", "Asia/Karachi"), ("islamabad", "Asia/Karachi"), ("chittagong", "Asia/Dhaka"),
    ("beijing", "Asia/Shanghai"), ("peking", "Asia/Shanghai"), ("shenzhen", "Asia/Shanghai"), ("guangzhou", "Asia/Shanghai"), ("hangzhou", "Asia/Shanghai"), ("chengdu", "Asia/Shanghai"), ("wuhan", "Asia/Shanghai"), ("nanjing", "Asia/Shanghai"), ("xian", "Asia/Shanghai"),
    ("osaka", "Asia/Tokyo"), ("kyoto", "Asia/Tokyo"), ("yokohama", "Asia/Tokyo"), ("nagoya", "Asia/Tokyo"), ("fukuoka", "Asia/Tokyo"), ("sapporo", "Asia/Tokyo"), ("busan", "Asia/Seoul"),
    ("hanoi", "Asia/Ho_Chi_Minh"), ("saigon", "Asia/Ho_Chi_Minh"), ("da nang", "Asia/Ho_Chi_Minh"), ("chiang mai", "Asia/Bangkok"), ("cebu", "Asia/Manila"), ("bali", "Asia/Makassar"), ("bandung", "Asia/Jakarta"), ("surabaya", "Asia/Jakarta"), ("penang", "Asia/Kuala_Lumpur"),
    ("tel aviv", "Asia/Jerusalem"), ("haifa", "Asia/Jerusalem"), ("abu dhabi", "Asia/Dubai"), ("doha", "Asia/Qatar"), ("jeddah", "Asia/Riyadh"), ("mecca", "Asia/Riyadh"), ("isfahan", "Asia/Tehran"), ("astana", "Asia/Almaty"),
    // Africa, Oceania
    ("abuja", "Africa/Lagos"), ("ibadan", "Africa/Lagos"), ("cape town", "Africa/Johannesburg"), ("durban", "Africa/Johannesburg"), ("pretoria", "Africa/Johannesburg"), ("alexandria", "Africa/Cairo"), ("rabat", "Africa/Casablanca"), ("marrakech", "Africa/Casablanca"), ("mombasa", "Africa/Nairobi"),
    ("canberra", "Australia/Sydney"), ("gold coast", "Australia/Brisbane"), ("wellington", "Pacific/Auckland"), ("christchurch", "Pacific/Auckland"),
    // Countries of which nearly all live in one of several zones
    ("germany", "Europe/Berlin"), ("deutschland", "Europe/Berlin"), ("spain", "Europe/Madrid"), ("espana", "Europe/Madrid"), ("portugal", "Europe/Lisbon"), ("ukraine", "Europe/Kyiv"), ("cyprus", "Asia/Nicosia"),
    ("china", "Asia/Shanghai"), ("malaysia", "Asia/Kuala_Lumpur"), ("uzbekistan", "Asia/Tashkent"), ("argentina", "America/Argentina/Buenos_Aires"), ("chile", "America/Santiago"), ("ecuador", "America/Guayaquil"), ("new zealand", "Pacific/Auckland"),
    // Abbreviations, as most people mean them
    ("utc", "UTC"), ("gmt", "UTC"), ("z", "UTC"), ("zulu", "UTC"), ("bst", "Europe/London"), ("wet", "Europe/Lisbon"), ("west", "Europe/Lisbon"),
    ("cet", "Europe/Berlin"), ("cest", "Europe/Berlin"), ("mez", "Europe/Berlin"), ("eet", "Europe/Athens"), ("eest", "Europe/Athens"), ("msk", "Europe/Moscow"), ("trt", "Europe/Istanbul"),
    ("est", "America/New_York"), ("edt", "America/New_York"), ("et", "America/New_York"), ("eastern", "America/New_York"), ("eastern time", "America/New_York"),
    ("cst", "America/Chicago"), ("cdt", "America/Chicago"), ("ct", "America/Chicago"), ("central time", "America/Chicago"), ("mst", "America/Denver"), ("mdt", "America/Denver"), ("mountain time", "America/Denver"),
    ("pst", "America/Los_Angeles"), ("pdt", "America/Los_Angeles"), ("pt", "America/Los_Angeles"), ("pacific time", "America/Los_Angeles"), ("hst", "Pacific/Honolulu"), ("brt", "America/Sao_Paulo"),
    ("ist", "Asia/Kolkata"), ("pkt", "Asia/Karachi"), ("jst", "Asia/Tokyo"), ("kst", "Asia/Seoul"), ("hkt", "Asia/Hong_Kong"), ("sgt", "Asia/Singapore"), ("gst", "Asia/Dubai"), ("wib", "Asia/Jakarta"),
    ("aest", "Australia/Sydney"), ("aedt", "Australia/Sydney"), ("acst", "Australia/Adelaide"), ("awst", "Australia/Perth"), ("nzst", "Pacific/Auckland"), ("nzdt", "Pacific/Auckland"), ("cat", "Africa/Maputo"), ("sast", "Africa/Johannesburg"), ("wat", "Africa/Lagos"), ("eat", "Africa/Nairobi"),
];

/// Plain names of countries to ISO 3166 codes.
#[rustfmt::skip]
pub(super) const COUNTRIES: &[(&str, &str)] = &[
    ("afghanistan", "AF"), ("albania", "AL"), ("algeria", "DZ"), ("angola", "AO"), ("argentina", "AR"), ("armenia", "AM"), ("australia", "AU"), ("austria", "AT"), ("osterreich", "AT"),
    ("azerbaijan", "AZ"), ("bahrain", "BH"), ("bangladesh", "BD"), ("belarus", "BY"), ("belgium", "BE"), ("belgie", "BE"), ("belgique", "BE"), ("bolivia", "BO"), ("bosnia", "BA"), ("bosnia and herzegovina", "BA"), ("botswana", "BW"), ("brazil", "BR"), ("brasil", "BR"),
    ("bulgaria", "BG"), ("cambodia", "KH"), ("cameroon", "CM"), ("canada", "CA"), ("chile", "CL"), ("china", "CN"), ("colombia", "CO"), ("costa rica", "CR"), ("croatia", "HR"), ("hrvatska", "HR"), ("cuba", "CU"), ("cyprus", "CY"),
    ("czechia", "CZ"), ("czech republic", "CZ"), ("cesko", "CZ"), ("denmark", "DK"), ("danmark", "DK"), ("dominican republic", "DO"), ("ecuador", "EC"), ("egypt", "EG"), ("el salvador", "SV"), ("estonia", "EE"), ("eesti", "EE"), ("ethiopia", "ET"),
    ("finland", "FI"), ("suomi", "FI"), ("france", "FR"), ("georgia", "GE"), ("germany", "DE"), ("deutschland", "DE"), ("ghana", "GH"), ("greece", "GR"), ("guatemala", "GT"), ("honduras", "HN"), ("hong kong", "HK"), ("hungary", "HU"), ("magyarorszag", "HU"),
    ("iceland", "IS"), ("india", "IN"), ("indonesia", "ID"), ("iran", "IR"), ("iraq", "IQ"), ("ireland", "IE"), ("israel", "IL"), ("italy", "IT"), ("italia", "IT"), ("ivory coast", "CI"), ("jamaica", "JM"), ("japan", "JP"), ("jordan", "JO"), ("kazakhstan", "KZ"),
    ("kenya", "KE"), ("kuwait", "KW"), ("latvia", "LV"), ("lebanon", "LB"), ("libya", "LY"), ("lithuania", "LT"), ("luxembourg", "LU"), ("madagascar", "MG"), ("malaysia", "MY"), ("malta", "MT"), ("mauritius", "MU"), ("mexico", "MX"), ("moldova", "MD"), ("mongolia", "MN"),
    ("montenegro", "ME"), ("morocco", "MA"), ("mozambique", "MZ"), ("myanmar", "MM"), ("namibia", "NA"), ("nepal", "NP"), ("netherlands", "NL"), ("holland", "NL"), ("nederland", "NL"), ("new zealand", "NZ"), ("nicaragua", "NI"), ("nigeria", "NG"),
    ("north macedonia", "MK"), ("norway", "NO"), ("norge", "NO"), ("oman", "OM"), ("pakistan", "PK"), ("panama", "PA"), ("paraguay", "PY"), ("peru", "PE"), ("philippines", "PH"), ("poland", "PL"), ("polska", "PL"), ("portugal", "PT"), ("puerto rico", "PR"), ("qatar", "QA"),
    ("romania", "RO"), ("russia", "RU"), ("rwanda", "RW"), ("saudi arabia", "SA"), ("senegal", "SN"), ("serbia", "RS"), ("singapore", "SG"), ("slovakia", "SK"), ("slovenia", "SI"), ("south africa", "ZA"), ("south korea", "KR"), ("korea", "KR"), ("spain", "ES"), ("espana", "ES"),
    ("sri lanka", "LK"), ("sudan", "SD"), ("sweden", "SE"), ("sverige", "SE"), ("switzerland", "CH"), ("schweiz", "CH"), ("suisse", "CH"), ("syria", "SY"), ("taiwan", "TW"), ("tanzania", "TZ"), ("thailand", "TH"), ("trinidad and tobago", "TT"), ("tunisia", "TN"),
    ("turkey", "TR"), ("turkiye", "TR"), ("uganda", "UG"), ("ukraine", "UA"), ("united arab emirates", "AE"), ("uae", "AE"), ("united kingdom", "GB"), ("uk", "GB"), ("great britain", "GB"), ("britain", "GB"), ("united states", "US"), ("usa", "US"), ("us", "US"), ("america", "US"),
    ("uruguay", "UY"), ("uzbekistan", "UZ"), ("venezuela", "VE"), ("vietnam", "VN"), ("yemen", "YE"), ("zambia", "ZM"), ("zimbabwe", "ZW"),
];

const NORTH_AMERICA: &[&str] = &[
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Toronto",
    "America/Vancouver",
    "America/Edmonton",
    "America/Halifax",
    "America/Winnipeg",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Manila",
    "Australia/Sydney",
    "UTC",
];
const BRITISH: &[&str] = &[
    "Europe/London",
    "Europe/Dublin",
    "Asia/Kolkata",
    "Australia/Sydney",
    "Australia/Melbourne",
    "Australia/Brisbane",
    "Australia/Perth",
    "Pacific/Auckland",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Asia/Singapore",
    "Asia/Hong_Kong",
    "Europe/Berlin",
    "Europe/Amsterdam",
    "Europe/Paris",
    "Europe/Stockholm",
    "America/New_York",
    "America/Toronto",
    "UTC",
];
const CHINESE: &[&str] = &[
    "Asia/Shanghai",
    "Asia/Taipei",
    "Asia/Hong_Kong",
    "Asia/Singapore",
    "Asia/Macau",
    "Asia/Kuala_Lumpur",
    "UTC",
];
const PORTUGUESE: &[&str] = &[
    "America/Sao_Paulo",
    "Europe/Lisbon",
    "America/Fortaleza",
    "America/Recife",
    "America/Bahia",
    "America/Manaus",
    "America/Cuiaba",
    "America/Belem",
    "Atlantic/Azores",
    "Africa/Luanda",
    "Africa/Maputo",
    "UTC",
];

/// Locale, or its language alone, to likely zones.
#[rustfmt::skip]
pub(super) const LOCALES: &[(&str, &[&str])] = &[
    ("en-GB", BRITISH), ("en-US", NORTH_AMERICA), ("en", NORTH_AMERICA),
    ("de", &["Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/Luxembourg", "UTC"]),
    ("fr", &["Europe/Paris", "Europe/Brussels", "Europe/Zurich", "America/Toronto", "Africa/Casablanca", "Africa/Tunis", "Africa/Algiers", "Africa/Abidjan", "Africa/Dakar", "Indian/Reunion", "America/Martinique", "Europe/Luxembourg", "UTC"]),
    ("es-ES", &["Europe/Madrid", "Atlantic/Canary", "America/Mexico_City", "America/Bogota", "America/Argentina/Buenos_Aires", "UTC"]),
    ("es-419", &["America/Mexico_City", "America/Bogota", "America/Argentina/Buenos_Aires", "America/Santiago", "America/Lima", "America/Caracas", "America/Guayaquil", "America/Guatemala", "America/Costa_Rica", "America/Panama", "America/Montevideo", "America/La_Paz", "America/Asuncion", "America/Santo_Domingo", "America/El_Salvador", "America/Tijuana", "America/Monterrey", "Europe/Madrid", "UTC"]),
    ("es", &["Europe/Madrid", "America/Mexico_City", "America/Bogota", "America/Argentina/Buenos_Aires", "America/Santiago", "America/Lima", "UTC"]),
    ("pt-BR", PORTUGUESE), ("pt", PORTUGUESE),
    ("it", &["Europe/Rome", "Europe/Zurich", "UTC"]), ("nl", &["Europe/Amsterdam", "Europe/Brussels", "America/Paramaribo", "UTC"]),
    ("da", &["Europe/Copenhagen", "Atlantic/Faroe", "UTC"]), ("no", &["Europe/Oslo", "UTC"]), ("sv-SE", &["Europe/Stockholm", "Europe/Helsinki", "UTC"]), ("sv", &["Europe/Stockholm", "Europe/Helsinki", "UTC"]),
    ("fi", &["Europe/Helsinki", "UTC"]), ("pl", &["Europe/Warsaw", "Europe/London", "UTC"]), ("cs", &["Europe/Prague", "UTC"]), ("hu", &["Europe/Budapest", "UTC"]),
    ("ro", &["Europe/Bucharest", "Europe/Chisinau", "UTC"]), ("bg", &["Europe/Sofia", "UTC"]), ("el", &["Europe/Athens", "Asia/Nicosia", "UTC"]), ("hr", &["Europe/Zagreb", "Europe/Sarajevo", "UTC"]), ("lt", &["Europe/Vilnius", "UTC"]),
    ("ru", &["Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Europe/Samara", "Asia/Omsk", "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Vladivostok", "Europe/Kaliningrad", "Asia/Almaty", "Europe/Minsk", "Asia/Tashkent", "Asia/Tbilisi", "Asia/Yerevan", "Europe/Berlin", "UTC"]),
    ("uk", &["Europe/Kyiv", "Europe/Warsaw", "Europe/Berlin", "UTC"]), ("tr", &["Europe/Istanbul", "Asia/Nicosia", "Europe/Berlin", "UTC"]),
    ("hi", &["Asia/Kolkata", "UTC"]), ("th", &["Asia/Bangkok", "UTC"]), ("vi", &["Asia/Ho_Chi_Minh", "UTC"]), ("id", &["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "UTC"]),
    ("zh-CN", CHINESE), ("zh-TW", &["Asia/Taipei", "Asia/Hong_Kong", "Asia/Shanghai", "Asia/Singapore", "Asia/Macau", "UTC"]), ("zh", CHINESE),
    ("ja", &["Asia/Tokyo", "UTC"]), ("ko", &["Asia/Seoul", "UTC"]),
];
