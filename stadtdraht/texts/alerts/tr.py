"""Alerts in Turkish. What each field is for stands in stadtdraht/texts/alerts/words.py."""

from stadtdraht.texts.alerts.words import Words

WORDS = Words(
    whole_town="{town}, şehrin tamamı",
    until="%d.%m.%Y, %H:%M",
    scenarios={
        "fire": (
            "yoğun dumanlı büyük yangın",
            "İçeri girin. Pencereleri ve kapıları kapatın. Havalandırmayı ve klimayı kapatın.",
        ),
        "bomb": (
            "savaştan kalma bir bomba bulundu; etkisiz hâle getirilmesi gerekiyor",
            "Belirtilen bölgeyi terk edin. Kimliğinizi ve ilaçlarınızı yanınıza alın. Görevlilerin talimatlarına uyun.",
        ),
        "flood": (
            "sel, su yükseliyor",
            "Nehir ve dere kıyılarından, bodrumlardan ve alt geçitlerden uzak durun. Üst katlara çıkın ve başkalarına da yardım edin.",
        ),
        "heavy-rain": (
            "şiddetli yağış, sokakları ve bodrumları su basıyor",
            "İçeride kalın. Bodrumlara ve alt geçitlere girmeyin. Su altındaki yollardan araçla geçmeyin.",
        ),
        "boil-water": (
            "içme suyu kirlendi",
            "Musluk suyunu içmeden, yemekte kullanmadan ve diş fırçalamadan önce kaynatın. Komşularınıza haber verin.",
        ),
        "power-cut": (
            "geniş çaplı elektrik kesintisi",
            "Ocağı ve ısıtıcıları kapatın. Telefonu yalnızca acil durumda kullanın. Yalnız olan insanlara yardım edin.",
        ),
        "gas": (
            "gaz sızıntısı",
            "Ateş yakmayın; elektrik düğmelerine ve zillere dokunmayın. Binadan çıkın. Dışarıdan 112’yi arayın.",
        ),
        "storm": (
            "dalların ve yapı parçalarının düştüğü şiddetli fırtına",
            "İçeride kalın. Ormandan, parklardan ve iskelelerden uzak durun. Dışarıdaki eşyaları yalnızca tehlikesizse sabitleyin.",
        ),
        "heat": (
            "aşırı sıcak",
            "Bol su için. Gölgede kalın. Yaşlı ve hasta insanların durumunu sorun.",
        ),
        "ice": (
            "tehlikeli buzlanma",
            "Mümkünse evde kalın. Arabanızı kullanmayın. Köprülerden ve merdivenlerden kaçının.",
        ),
        "missing-person": (
            "kayıp bir kişi aranıyor",
            "Çevrenize dikkat edin. Kişiyle nazikçe konuşun. Bir şey biliyorsanız 110’u arayın.",
        ),
        "school-closed": (
            "okullarda ders yapılmıyor",
            "Çocuklarınız evde kalsın. Zorunlu durumlar için çocuk bakımı düzenlendi; bilgiyi okulunuzdan alabilirsiniz.",
        ),
        "emergency-call-down": (
            "112 acil çağrı numarası çalışmıyor",
            "Acil durumda 110’u arayın. O da çalışmazsa en yakın itfaiyeye veya polis merkezine gidin.",
        ),
        "evacuation": (
            "tahliye gerektiren tehlike",
            "Bölgeyi hemen terk edin. Kimliğinizi ve ilaçlarınızı yanınıza alın. Yardıma ihtiyacı olanlara yardım edin.",
        ),
        "shelter": (
            "etkilenenler için bir toplanma yeri açıldı",
            "Yardıma veya barınmaya ihtiyacınız varsa oraya gidin. Yanınıza ilaç ve battaniye alın.",
        ),
        "animal": (
            "tehlikeli bir hayvan kaçtı",
            "İçeri girin; çocukları ve evcil hayvanları içeri alın. Hayvana yaklaşmayın. 110’u arayın.",
        ),
        "chemical": (
            "keskin kokulu bir madde yayılıyor",
            "İçeri girin. Pencereleri ve kapıları kapatın. Boğazınız veya burnunuz yanarsa nemli bir bezden nefes alın.",
        ),
        "bridge": (
            "tehlike nedeniyle bir köprü kapatıldı",
            "Köprüden ve altındaki alandan uzak durun. Yönlendirme levhalarını izleyin.",
        ),
        "water-point": (
            "sular kesik; içme suyu dağıtılıyor",
            "Suyu temiz kaplarla alın. Gelemeyen komşularınıza da su götürün.",
        ),
    },
)
